/** Codes of backend messages (PostgreSQL manual, "Message Formats"). */
export const messageCodes = { dataRow: 0x44, commandComplete: 0x43, readyForQuery: 0x5a } as const;

/** A run of whole DataRow messages, or one whole message of another kind. */
export type Cut =
  | { readonly kind: 'rows'; readonly bytes: Buffer; readonly rowCount: number }
  | { readonly kind: 'other'; readonly bytes: Buffer; readonly code: number };

/** Code and length of a message: its length field counts itself, but not the code. */
const headerSize = 5;

/**
 * Cuts the bytes of a connection, as they arrive, at the borders of messages. A message that is not
 * whole yet is kept in pieces until it is, so that even a row of 1 GB is copied only once.
 */
export class MessageCutter {
  #pieces: Buffer[] = [];
  #held = 0;
  /** Bytes that the message in pieces has at least. */
  #wanted = 0;

  cut(chunk: Buffer): readonly Cut[] {
    if (this.#held + chunk.length < this.#wanted) {
      this.#pieces.push(chunk);
      this.#held += chunk.length;
      return [];
    }
    const bytes = this.#held === 0 ? chunk : Buffer.concat([...this.#pieces, chunk]);
    return this.#walk(bytes);
  }

  #walk(bytes: Buffer): readonly Cut[] {
    const cuts: Cut[] = [];
    let [offset, runStart, rowCount] = [0, 0, 0];
    const endRun = (): void => {
      if (rowCount > 0) {
        cuts.push({ kind: 'rows', bytes: bytes.subarray(runStart, offset), rowCount });
      }
      rowCount = 0;
    };
    for (;;) {
      const size = messageSize(bytes, offset);
      if (offset + size > bytes.length) {
        endRun();
        this.#hold(bytes.subarray(offset), size);
        return cuts;
      }
      const code = bytes.readUInt8(offset);
      if (code === messageCodes.dataRow) {
        if (rowCount === 0) runStart = offset;
        rowCount += 1;
      } else {
        endRun();
        cuts.push({ kind: 'other', bytes: bytes.subarray(offset, offset + size), code });
      }
      offset += size;
    }
  }

  #hold(rest: Buffer, wanted: number): void {
    this.#pieces = rest.length === 0 ? [] : [rest];
    this.#held = rest.length;
    this.#wanted = wanted;
  }
}

/** Bytes of the message at the offset, its header included; the header's size when even that is cut. */
function messageSize(bytes: Buffer, offset: number): number {
  if (offset + headerSize > bytes.length) return headerSize;
  return bytes.readUInt32BE(offset + 1) + 1;
}
