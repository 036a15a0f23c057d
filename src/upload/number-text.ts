import { shortened } from '../service-error.ts';
import { CellError } from './upload-failure.ts';

/** Whole numbers from `low` to `high`, in `bits` bits when they are written in hex. */
export interface IntegerRange {
  readonly low: number;
  readonly high: number;
  readonly bits: number;
  readonly datatype: string;
}

/**
 * An integer in VOTable's text form (VOTable 1.4, "Primitives"): decimal, or hex as `0xff`, whose
 * highest bit is the sign.
 */
export function parseInteger(text: string, range: IntegerRange): number {
  const value = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : parseHex(text, range);
  if (value >= range.low && value <= range.high) return value;
  throw new CellError(
    `${shortened(text)} is beyond the range of datatype ${range.datatype} ` +
      `(${String(range.low)} to ${String(range.high)})`,
  );
}

function parseHex(text: string, { bits, low, datatype }: IntegerRange): number {
  const digits = /^\s*0[xX]([0-9a-fA-F]+)\s*$/.exec(text)?.[1];
  if (digits === undefined) {
    throw new CellError(`"${shortened(text)}" is no whole number (datatype ${datatype})`);
  }
  const value = Number.parseInt(digits, 16);
  return low < 0 && value >= 2 ** (bits - 1) && value < 2 ** bits ? value - 2 ** bits : value;
}

const lowestLong = -(2n ** 63n);
const highestLong = 2n ** 63n - 1n;
const hexLong = /^\s*(0[xX][0-9a-fA-F]{1,16})\s*$/;

/** A `long`, exact: 64 bits do not fit into a Number. */
export function parseLong(text: string): bigint {
  const hex = hexLong.exec(text)?.[1];
  if (hex !== undefined) return BigInt.asIntN(64, BigInt(hex));
  // The length keeps BigInt, whose time grows with the square of it, from a cell of a million digits.
  if (!/^\s*[+-]?\d{1,1000}\s*$/.test(text)) {
    throw new CellError(`"${shortened(text)}" is no whole number (datatype long)`);
  }
  const value = BigInt(text.trim().replace(/^\+/, ''));
  if (value >= lowestLong && value <= highestLong) return value;
  throw new CellError(`${shortened(text)} is beyond the range of datatype long (64 bits)`);
}

const specials: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  '+nan': Number.NaN,
  '-nan': Number.NaN,
  inf: Infinity,
  '+inf': Infinity,
  infinity: Infinity,
  '+infinity': Infinity,
  '-inf': -Infinity,
  '-infinity': -Infinity,
};

/** Fortran writes `1.5D+03`. */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/;

/** A `float` or `double`; a number too small for its datatype is 0, one too large an error. */
export function parseFloating(text: string, datatype: 'float' | 'double'): number {
  const value = isPlain(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(datatype === 'float' ? Math.fround(value) : value)) return value;
  return parseUnusual(text, datatype);
}

/** Begins like a decimal number, so that it is one if `Number` takes it (no blanks, no `0x10`). */
function isPlain(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first === 0x30) return text.length === 1 || text.charCodeAt(1) < 0x3a;
  return (first > 0x30 && first < 0x3a) || first === 0x2d;
}

function parseUnusual(text: string, datatype: 'float' | 'double'): number {
  const trimmed = text.trim();
  if (!decimal.test(trimmed)) {
    const special = specials[trimmed.toLowerCase()];
    if (special !== undefined) return special;
    throw new CellError(`"${shortened(text)}" is no number (datatype ${datatype})`);
  }
  const value = Number(trimmed.replace(/[dD]/, 'e'));
  if (Number.isFinite(datatype === 'float' ? Math.fround(value) : value)) return value;
  throw new CellError(`${shortened(text)} is beyond the range of datatype ${datatype}`);
}
