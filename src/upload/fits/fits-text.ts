import { isUtf8 } from 'node:buffer';
import type { CopyRows } from '../copy-rows.ts';
import type { CellBytes } from '../votable/binary-cell.ts';

const blank = 0x20;

/**
 * A text of FITS: it ends at the first NUL, blanks at its end count for nothing, and where nothing is
 * left it is NULL. FITS knows ASCII alone; writers that know more mean UTF-8, or Latin-1.
 */
export function writeText({ source, start, end }: CellBytes, rows: CopyRows): void {
  const nul = source.subarray(start, end).indexOf(0);
  let last = nul === -1 ? end : start + nul;
  while (last > start && source[last - 1] === blank) last -= 1;
  if (last === start) {
    rows.null();
    return;
  }
  const bytes = source.subarray(start, last);
  if (isUtf8(bytes)) {
    rows.int32(bytes.length);
    rows.copy(source, start, last);
  } else rows.text(bytes.toString('latin1'));
}
