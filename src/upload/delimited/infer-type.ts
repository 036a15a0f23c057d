/** What the cells of a column without a declared type may all be, from narrow to wide. */
export type InferredType = 'nothing' | 'long' | 'double' | 'char' | 'unicodeChar';

const wholeNumber = /^ *[+-]?(?:0|[1-9]\d{0,18}) *$/;
/** More digits than a long has would lose some as a double: such a column stays text. */
const decimalNumber = /^ *[+-]?(?:(?:0|[1-9]\d{0,17})(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})? *$/;
const special = /^ *(?:nan|[+-]?inf(?:inity)?) *$/i;

/**
 * The type of a column after one more cell. Numbers with leading zeros (`007`) are names, and what
 * PostgreSQL would refuse as out of range is text.
 */
export function widen(type: InferredType, cell: string): InferredType {
  if (type === 'unicodeChar' || cell === '') return type;
  // `char` is ASCII to old readers (VOTable 1.5, "Primitives").
  if (/[^\0-\x7f]/.test(cell)) return 'unicodeChar';
  if (type === 'char') return type;
  if (wholeNumber.test(cell) && isLong(cell)) return type === 'double' ? 'double' : 'long';
  return isDouble(cell) ? 'double' : 'char';
}

function isLong(cell: string): boolean {
  if (cell.length < 19) return true;
  const value = BigInt(cell.trim().replace('+', ''));
  return BigInt.asIntN(64, value) === value;
}

function isDouble(cell: string): boolean {
  if (special.test(cell)) return true;
  if (!decimalNumber.test(cell)) return false;
  const value = Math.abs(Number(cell));
  if (value === 0) return !/[1-9]/.test(cell.replace(/e.*$/i, ''));
  // PostgreSQL refuses what is too small for a normal double.
  return value >= 2.3e-308 && value < Infinity;
}
