import { symbolOf } from './foreign-units.ts';
import { binaryPrefixes, decimalPrefixes, knownUnits } from './known-units.ts';
import { one, power, product, type Unit, UnitError } from './unit.ts';

/**
 * Reads a unit (VOUnits 1.0, appendix C):
 *
 *     expression = [number | 10**n] product { / factor } | number { / factor }
 *     product    = factor { . factor }
 *     factor     = symbol [power] | ( expression ) [power] | sqrt( expression )
 *     power      = ** integer | ** ( number [/ number] )
 *
 * `kg/m.s` is not read, since people mean different things by it: `kg/(m.s)` or `kg/m/s` are.
 * @throws UnitError for everything else, units that nobody knows and logarithms included
 */
export function parseUnit(text: string): Unit {
  const reader: Reader = { text: text.trim(), at: 0 };
  if (reader.text === '') throw new UnitError('There is no unit.');
  if (reader.text.length > 200) throw new UnitError('The unit is too long.');
  const scale = parseScale(reader);
  // `1/s`, and a number alone, which is a unit without dimension.
  const isAlone = reader.at > 0 && /^(\/|$)/.test(reader.text.slice(reader.at));
  const rest = isAlone ? parseQuotient(reader, one, 0) : parseExpression(reader, 0);
  const unit = product(scale, rest);
  if (reader.at < reader.text.length) throw unreadable(reader);
  return unit;
}

interface Reader {
  readonly text: string;
  at: number;
}

function accept(reader: Reader, pattern: RegExp): string | null {
  const sticky = new RegExp(pattern.source, 'y');
  sticky.lastIndex = reader.at;
  const [found] = sticky.exec(reader.text) ?? [];
  if (found === undefined) return null;
  reader.at += found.length;
  return found;
}

/** `10**-16` or `0.1` before the units. */
function parseScale(reader: Reader): Unit {
  const text = accept(reader, /10\*\*[-+]?\d+|10\*\*\([-+]?\d+\)|\d+(\.\d+)?([eE][-+]?\d+)?/);
  if (text === null) return one;
  accept(reader, /\.(?=[A-Za-z(])/);
  const exponent = /\*\*\(?([-+]?\d+)/.exec(text)?.[1];
  if (exponent !== undefined) return power({ ...one, times: 10 }, Number(exponent));
  return { ...one, times: Number(text) };
}

const maximumDepth = 20;

function parseExpression(reader: Reader, depth: number): Unit {
  if (depth > maximumDepth) throw new UnitError('The unit is nested too deeply.');
  let unit = parseFactor(reader, depth);
  while (accept(reader, /\./) !== null) unit = product(unit, parseFactor(reader, depth));
  return parseQuotient(reader, unit, depth);
}

function parseQuotient(reader: Reader, dividend: Unit, depth: number): Unit {
  let unit = dividend;
  while (accept(reader, /\//) !== null) {
    unit = product(unit, power(parseFactor(reader, depth), -1));
    if (accept(reader, /\./) !== null) {
      throw new UnitError(
        'What a product behind / means is not clear: put it in parentheses, kg/(m.s).',
      );
    }
  }
  return unit;
}

function parseFactor(reader: Reader, depth: number): Unit {
  const name = accept(reader, /(log|ln|exp|sqrt)(?=\()/);
  if (name !== null && name !== 'sqrt') {
    throw new UnitError(`Units with ${name}(...) cannot be converted.`);
  }
  if (accept(reader, /\(/) !== null) {
    const inner = parseExpression(reader, depth + 1);
    if (accept(reader, /\)/) === null) throw unreadable(reader);
    return name === 'sqrt' ? power(inner, 0.5) : parsePower(reader, inner);
  }
  const symbol = accept(reader, /[A-Za-z]+|%/);
  if (symbol === null) throw unreadable(reader);
  return parsePower(reader, unitCalled(symbol));
}

function parsePower(reader: Reader, unit: Unit): Unit {
  if (accept(reader, /\*\*/) === null) return unit;
  const text = accept(reader, /[-+]?\d+|\([-+]?\d+(\.\d+)?(\/\d+)?\)/);
  if (text === null) throw unreadable(reader);
  const [numerator, denominator = '1'] = text.replaceAll(/[()]/g, '').split('/');
  const exponent = Number(numerator) / Number(denominator);
  if (Math.abs(exponent) > 20) throw new UnitError('The exponent of a unit is too large.');
  return power(unit, exponent);
}

function unitCalled(symbol: string): Unit {
  const known = knownUnits.get(symbol);
  if (known !== undefined) return known.unit;
  for (const length of [1, 2]) {
    const prefixed = prefixedUnit(symbol.slice(0, length), symbol.slice(length));
    if (prefixed !== null) return prefixed;
  }
  const own = symbolOf(symbol);
  if (own !== null) throw new UnitError(`There is no unit "${symbol.slice(0, 40)}": write ${own}.`);
  throw new UnitError(`There is no unit "${symbol.slice(0, 40)}".`, symbol);
}

/** Per cent, counts and yards to people: nobody means a pico-count or a yocto-day. */
const misleading: ReadonlySet<string> = new Set(['pct', 'pcount', 'yd']);

function prefixedUnit(prefix: string, symbol: string): Unit | null {
  if (misleading.has(prefix + symbol)) return null;
  const known = knownUnits.get(symbol);
  if (known === undefined || known.prefixes === 'none') return null;
  const decimal = decimalPrefixes.get(prefix);
  const factor = decimal ?? (known.prefixes === 'decimal' ? undefined : binaryPrefixes.get(prefix));
  if (factor === undefined) return null;
  const [times, per] = factor;
  return { ...known.unit, times: known.unit.times * times, per: known.unit.per * per };
}

/** What stands in papers and has no place in VOUnits. */
const signs: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [/^[\u00c5\u212b]/, 'Angstrom'],
  [/^[\u00b5\u03bc]/, 'u for micro, as in um'],
  [/^\u00b0/, 'deg'],
  [/^(\u2032|')/, 'arcmin'],
  [/^(\u2033|")/, 'arcsec'],
  [/^[\u03a9\u2126]/, 'Ohm'],
  [/^\u2609/, 'solMass, solLum or solRad'],
  [/^[\u00b2\u00b3\u207b\u00b9]/, 'powers with **, as in m**2'],
  [/^[\u00b7\u22c5]/, 'products with a dot, as in km.s**-1'],
];

/** What someone may have meant by a symbol: all without prefixes, others where only the case is wrong (KM). */
export function unitsLike(symbol: string): readonly string[] {
  const names = [...knownUnits.keys()];
  const prefixed = names.flatMap((name) =>
    [...decimalPrefixes.keys()].map((prefix) => prefix + name),
  );
  const isAlike = (name: string): boolean => name.toLowerCase() === symbol.toLowerCase();
  return [...prefixed.filter(isAlike), ...names];
}

function unreadable({ text, at }: Reader): UnitError {
  const rest = text.slice(at, at + 20);
  const sign = signs.find(([pattern]) => pattern.test(rest));
  if (sign !== undefined) return new UnitError(`VOUnits has no such sign: write ${sign[1]}.`);
  const place = rest === '' ? 'it ends too early' : `"${rest}" is not understood`;
  return new UnitError(
    `It is not written as VOUnits has it: ${place}. Write products with a dot and powers with **: ` +
      'erg/(s.cm**2).',
  );
}
