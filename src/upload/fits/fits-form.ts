import type { Datatype } from '../../../adql/index.ts';
import { shortened } from '../../service-error.ts';
import { badUpload } from '../upload-failure.ts';

/** The code letters of TFORM (FITS 4.0, "Binary-table extension"). */
export type FitsCode = 'L' | 'X' | 'B' | 'I' | 'J' | 'K' | 'A' | 'E' | 'D' | 'C' | 'M';

interface CodeFacts {
  readonly datatype: Datatype;
  /** Of one element; bits are counted apart. */
  readonly bytes: number;
}

export const codes: Readonly<Record<FitsCode, CodeFacts>> = {
  L: { datatype: 'boolean', bytes: 1 },
  X: { datatype: 'bit', bytes: 1 },
  B: { datatype: 'unsignedByte', bytes: 1 },
  I: { datatype: 'short', bytes: 2 },
  J: { datatype: 'int', bytes: 4 },
  K: { datatype: 'long', bytes: 8 },
  A: { datatype: 'char', bytes: 1 },
  E: { datatype: 'float', bytes: 4 },
  D: { datatype: 'double', bytes: 8 },
  C: { datatype: 'floatComplex', bytes: 8 },
  M: { datatype: 'doubleComplex', bytes: 16 },
};

/** What a column's cells are. */
export interface FitsForm {
  readonly code: FitsCode;
  /** Elements in the row; null when they are in the heap. */
  readonly repeat: number | null;
  /** Bytes of the cell in the row. */
  readonly bytes: number;
}

/** Bytes of the two numbers that say where in the heap a cell is. */
const descriptorBytes = { P: 8, Q: 16 } as const;

/**
 * TFORM: `D`, `3E`, `20A`, `1PJ(100)`, `QD`.
 * @throws ServiceError that names the keyword
 */
export function readForm(text: string | null, keyword: string): FitsForm {
  const match = form.exec(text?.trim() ?? '');
  if (match === null) {
    throw badUpload(
      `its header says ${keyword} = '${shortened(text ?? '')}', which is no column format of FITS.`,
    );
  }
  const [, count = '', descriptor = '', letter] = match;
  const code = letter as FitsCode;
  const repeat = count === '' ? 1 : Number(count);
  if (!isDescriptor(descriptor)) return { code, repeat, bytes: bytesOf(code, repeat) };
  return { code, repeat: null, bytes: repeat === 0 ? 0 : descriptorBytes[descriptor] };
}

/** Count, descriptor, code; behind them writers put what they like, and the longest array. */
const form = /^(\d{0,9})([PQ]?)([LXBIJKAEDCM])(\(\d*\)|[^PQ]*)$/;

function isDescriptor(text: string): text is keyof typeof descriptorBytes {
  return text === 'P' || text === 'Q';
}

/** Bytes of `count` elements. */
export function bytesOf(code: FitsCode, count: number): number {
  return code === 'X' ? Math.ceil(count / 8) : count * codes[code].bytes;
}
