/** Codes of backend messages (PostgreSQL manual, "Message Formats"). */
export const messageCodes = {
  parseComplete: 0x31,
  dataRow: 0x44,
  commandComplete: 0x43,
  errorResponse: 0x45,
  readyForQuery: 0x5a,
} as const;

/** A run of whole DataRow messages, or one whole message of another kind. */
export type Cut =
  | { readonly kind: 'rows'; readonly bytes: Buffer; readonly rowCount: number }
  | { readonly kind: 'other'; readonly bytes: Buffer; readonly code: number };

/** Code and length of a message: its length field counts itself, but not the code. */
const headerSize = 5;

/**
 * Bytes of each of the three buffers. PostgreSQL sends 8 kB at a time, the socket holds some 200 kB of
 * them (Linux), and half of that is read together when the service is the slower one.
 */
const usualCapacity = 128 * 1024;

/**
 * What a connection brings, cut at the borders of messages. It is read into three buffers in turn, which
 * belong to the connection for good: to make one for each read took a third of the service's time.
 * A message that is not whole yet moves at once to the front of the next one, where the rest of it is
 * read; hence three, as the consumer may still have the rows of one, and those of another wait for it.
 */
export class MessageCutter {
  #buffer: Buffer = Buffer.alloc(0);
  /** The one filled before, and the one before that, which is the next to be filled again. */
  #last: Buffer = Buffer.alloc(0);
  #oldest: Buffer = Buffer.alloc(0);
  /** Bytes of the message that is not whole yet. */
  #held = 0;

  /**
   * Where the next bytes go.
   * @param least bytes of room
   */
  space(least = 1): Buffer {
    if (this.#held + least > this.#buffer.length) {
      this.#buffer = grown(this.#buffer.subarray(0, this.#held), this.#held + least);
    }
    return this.#buffer.subarray(this.#held);
  }

  /**
   * `count` bytes were written to `space`. What is cut stays as it is until the next bytes were cut too,
   * and some more have come.
   */
  cut(count: number): readonly Cut[] {
    const bytes = this.#buffer.subarray(0, this.#held + count);
    const cuts: Cut[] = [];
    const rest = cutWhole(bytes, cuts);
    if (cuts.length > 0) this.#swap(bytes.subarray(rest));
    else this.#held = bytes.length;
    const wanted = messageSize(this.#buffer, 0, this.#held);
    if (wanted > this.#buffer.length) {
      this.#buffer = grown(this.#buffer.subarray(0, this.#held), wanted);
    }
    return cuts;
  }

  /** Bytes of a message whose end has not come: somebody else's from now on. */
  takeHeld(): Buffer {
    const held = Buffer.from(this.#buffer.subarray(0, this.#held));
    this.#held = 0;
    return held;
  }

  #swap(rest: Buffer): void {
    const next =
      this.#oldest.length === usualCapacity && rest.length < usualCapacity
        ? this.#oldest
        : Buffer.allocUnsafeSlow(Math.max(usualCapacity, rest.length + 1));
    rest.copy(next);
    // One that had to grow for a long row is not used again.
    this.#oldest = this.#last;
    this.#last = this.#buffer;
    this.#buffer = next;
    this.#held = rest.length;
  }
}

function grown(held: Buffer, least: number): Buffer {
  const buffer = Buffer.allocUnsafeSlow(Math.max(usualCapacity, least));
  held.copy(buffer);
  return buffer;
}

/** Appends the whole messages to `cuts`; returns where the rest begins. */
function cutWhole(bytes: Buffer, cuts: Cut[]): number {
  let offset = 0;
  let runStart = 0;
  let rowCount = 0;
  const endRun = (): void => {
    if (rowCount > 0) {
      cuts.push({ kind: 'rows', bytes: bytes.subarray(runStart, offset), rowCount });
    }
    rowCount = 0;
  };
  for (;;) {
    const size = messageSize(bytes, offset, bytes.length);
    if (offset + size > bytes.length) {
      endRun();
      return offset;
    }
    const code = bytes[offset] ?? 0;
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

/** Bytes of the message at the offset, its header included; the header's size when even that is cut. */
function messageSize(bytes: Buffer, offset: number, end: number): number {
  if (offset + headerSize > end) return headerSize;
  return bytes.readUInt32BE(offset + 1) + 1;
}
