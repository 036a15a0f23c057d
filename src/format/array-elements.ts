import type { Cell } from './cell-writer.ts';

/** int32 dimensions, int32 flags, int32 type, then 8 bytes for each dimension. */
const headerBytes = 12;
const dimensionBytes = 8;
const lengthBytes = 4;
const nullLength = -1;

/**
 * Visits the elements of an array that PostgreSQL sent in binary, all dimensions in one list, the last
 * one fastest, as VOTable has them. One cell serves all elements; null is a NULL.
 */
export function visitElements(
  { source, start, end }: Readonly<Cell>,
  visit: (element: Readonly<Cell> | null) => void,
): void {
  const element: Cell = { source, start, end: start };
  let at = start + headerBytes + source.readInt32BE(start) * dimensionBytes;
  while (at < end) {
    const length = source.readInt32BE(at);
    element.start = at + lengthBytes;
    element.end = element.start + Math.max(length, 0);
    visit(length === nullLength ? null : element);
    at = element.end;
  }
}
