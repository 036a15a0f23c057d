import { CellError, uploadTooLarge } from './upload-failure.ts';
import type { UploadLimits } from './upload-limits.ts';

/**
 * Bytes of COPY for one byte of an upload, at most: a byte of BINARY2 becomes six, and a NULL in CSV
 * four. What asks for more was made to ask for more (`<TR/>` under a thousand FIELDs, a run length of
 * Parquet).
 */
const largestGrowth = 6;

/** Bytes that make a piece worth sending. */
const pieceBytes = 128 * 1024;

/** Those of `UploadLimits` that rows are held to. */
export type CopyLimits = Pick<UploadLimits, 'rows' | 'bytes' | 'rowBytes'>;

/**
 * Rows in the binary form of COPY (PostgreSQL manual, "COPY", "Binary Format"): int16 number of
 * columns, then for each int32 length (-1 = NULL) and the value, big-endian. Header and trailer are
 * added where the table is filled. Binary, because a value is then what it is: nothing needs escapes,
 * and the binary serializations of VOTable are nearly the same bytes.
 */
export class CopyRows {
  readonly #limits: CopyLimits;
  #bytesLeft: number;
  #bytes = Buffer.allocUnsafeSlow(pieceBytes * 2);
  #length = 0;
  /** Where the last whole row ends. */
  #complete = 0;
  #rowCount = 0;

  constructor(limits: CopyLimits) {
    this.#limits = limits;
    this.#bytesLeft = limits.bytes * largestGrowth;
  }

  /** Whole rows so far. */
  get rowCount(): number {
    return this.#rowCount;
  }

  get isPiece(): boolean {
    return this.#complete >= pieceBytes;
  }

  beginRow(columnCount: number): void {
    const { rows } = this.#limits;
    if (this.#rowCount >= rows) {
      throw uploadTooLarge(
        `it has more than ${String(rows)} rows, the most that this service takes.`,
      );
    }
    this.reserve(2);
    this.#length = this.#bytes.writeInt16BE(columnCount, this.#length);
  }

  endRow(): void {
    this.#checkRow();
    this.#complete = this.#length;
    this.#rowCount += 1;
  }

  /** Forgets a row begun: the rest of it has not arrived yet. */
  abandonRow(): void {
    this.#length = this.#complete;
  }

  /** The whole rows since the last time, now the caller's. */
  take(): Buffer {
    this.#bytesLeft -= this.#complete;
    if (this.#bytesLeft < 0) {
      const { bytes } = this.#limits;
      throw uploadTooLarge(
        `its rows unpack to more than ${String(largestGrowth)} times the ${String(bytes)} bytes that one request may upload.`,
      );
    }
    const taken = Buffer.from(this.#bytes.subarray(0, this.#complete));
    this.#bytes.copyWithin(0, this.#complete, this.#length);
    this.#length -= this.#complete;
    this.#complete = 0;
    if (this.#bytes.length > pieceBytes * 8 && this.#length < pieceBytes) {
      this.#bytes = Buffer.concat([this.#bytes.subarray(0, this.#length)], pieceBytes * 2);
    }
    return taken;
  }

  reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    this.#checkRow();
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }

  /** One large row would be in memory several times: here, on its way in, and on its way to a client. */
  #checkRow(): void {
    const { rowBytes } = this.#limits;
    if (this.#length - this.#complete <= rowBytes) return;
    throw uploadTooLarge(
      `row ${String(this.#rowCount + 1)} has more than ${String(rowBytes)} bytes, the most that this service takes.`,
    );
  }

  null(): void {
    this.int32(-1);
  }

  int16(value: number): void {
    this.reserve(2);
    this.#length = this.#bytes.writeInt16BE(value, this.#length);
  }

  int32(value: number): void {
    this.reserve(4);
    this.#length = this.#bytes.writeInt32BE(value, this.#length);
  }

  int64(value: bigint): void {
    this.reserve(8);
    this.#length = this.#bytes.writeBigInt64BE(value, this.#length);
  }

  float32(value: number): void {
    this.reserve(4);
    this.#length = this.#bytes.writeFloatBE(value, this.#length);
  }

  float64(value: number): void {
    this.reserve(8);
    this.#length = this.#bytes.writeDoubleBE(value, this.#length);
  }

  /** int32 length and value. */
  boolean(value: boolean): void {
    this.int32(1);
    this.reserve(1);
    this.#length = this.#bytes.writeUInt8(value ? 1 : 0, this.#length);
  }

  /** source[start, end) as it is, without a length. */
  copy(source: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    if (end - start > 32) this.#bytes.set(source.subarray(start, end), this.#length);
    else {
      for (let from = start, to = this.#length; from < end; from += 1, to += 1) {
        this.#bytes[to] = source[from] ?? 0;
      }
    }
    this.#length += end - start;
  }

  /** int32 length and value. */
  text(value: string): void {
    if (value.includes('\0')) throw new CellError('text with a NUL character cannot be stored');
    const isLong = value.length > pieceBytes;
    const at = this.beginValue(isLong ? Buffer.byteLength(value) : value.length * 3);
    this.#length += this.#bytes.write(value, this.#length);
    this.endValue(at);
  }

  /** Leaves room for the length of a value of yet unknown size; returns the place for `endValue`. */
  beginValue(likelyBytes: number): number {
    this.reserve(4 + likelyBytes);
    this.#length += 4;
    return this.#length;
  }

  endValue(begun: number): void {
    this.#bytes.writeInt32BE(this.#length - begun, begun - 4);
  }

  /** An array of `count` elements up to `endValue`; each follows as a value of its own. */
  beginArray(elementOid: number, count: number): number {
    const begun = this.beginValue(20 + count * 12);
    this.int32(count === 0 ? 0 : 1);
    this.int32(0);
    this.int32(elementOid);
    if (count > 0) {
      this.int32(count);
      this.int32(1);
    }
    return begun;
  }

  /** Where the next value will stand, for `nullIfEqual`. */
  get position(): number {
    return this.#length;
  }

  /** Turns the one value written since `position` into NULL where it is exactly `bytes`. */
  nullIfEqual(bytes: Uint8Array, position: number): void {
    const begun = position + 4;
    if (this.#bytes.compare(bytes, 0, bytes.length, begun, this.#length) !== 0) return;
    this.#length = position;
    this.null();
  }
}
