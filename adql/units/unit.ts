/**
 * Units of VOUnits 1.0 as numbers: how many of the base units one is, and of what kind.
 */
export interface Unit {
  /** One unit is `times / per` base units: both stay short numbers, so that deg to mas is 3600000 exactly. */
  readonly times: number;
  readonly per: number;
  /** Exponents of the base units, none of them 0: {m: 1, s: -1}. */
  readonly dimension: Readonly<Record<string, number>>;
}

/** A text is no unit, or one that no conversion can be made of; the message says which and why. */
export class UnitError extends Error {
  override readonly name = 'UnitError';
  /** The symbol that is not known, for a "did you mean". */
  readonly symbol: string | null;

  constructor(message: string, symbol: string | null = null) {
    super(message);
    this.symbol = symbol;
  }
}

export const one: Unit = { times: 1, per: 1, dimension: {} };

export function product(a: Unit, b: Unit): Unit {
  return {
    times: a.times * b.times,
    per: a.per * b.per,
    dimension: sum(a.dimension, b.dimension),
  };
}

export function power(unit: Unit, exponent: number): Unit {
  const [times, per] = exponent < 0 ? [unit.per, unit.times] : [unit.times, unit.per];
  const size = Math.abs(exponent);
  const entries = Object.entries(unit.dimension).map(([name, old]) => [name, old * exponent]);
  return {
    times: times ** size,
    per: per ** size,
    dimension: exponent === 0 ? {} : (Object.fromEntries(entries) as Unit['dimension']),
  };
}

/** One `from` in units of `to`, as the two numbers of a fraction; null when they are of different kinds. */
export function ratio(from: Unit, to: Unit): readonly [times: number, per: number] | null {
  if (!isSameDimension(from, to)) return null;
  return [from.times * to.per, from.per * to.times];
}

function isSameDimension(a: Unit, b: Unit): boolean {
  const difference = sum(a.dimension, power(b, -1).dimension);
  return Object.values(difference).every((exponent) => Math.abs(exponent) < 1e-9);
}

function sum(a: Unit['dimension'], b: Unit['dimension']): Unit['dimension'] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  const entries = [...names].map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)] as const);
  return Object.fromEntries(entries.filter(([, exponent]) => exponent !== 0));
}
