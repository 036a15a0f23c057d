import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { codeOf } from '../database/error-fields.ts';
import { badUpload, uploadTooLarge } from './upload-failure.ts';

/** What is left of a request's `UploadLimits.bytes`; its tables share it. */
export interface ByteBudget {
  readonly limit: number;
  left: number;
}

/** The content of an upload, unpacked, with its first bytes to know it by. */
export interface UploadBody {
  /** `peekedBytes` of them, unless there are no more. */
  readonly head: Buffer;
  /** All of it, `head` included; to be read once. */
  readonly bytes: AsyncIterable<Buffer>;
}

/** Enough for an XML declaration, or the first line of a table. */
const peekedBytes = 4096;

/**
 * gzip that unpacks to more than this many times its own size is made to do harm: tables as text
 * reach 20, columns that are all alike 100.
 */
const largestRatio = 250;
/** Bytes below which the ratio does not matter. */
const harmlessBytes = 10_000_000;

/** @throws ServiceError 'too-large' from `bytes`, when the budget is used up */
export async function openBody(
  source: AsyncIterable<Buffer>,
  budget: ByteBudget,
): Promise<UploadBody> {
  const packed = await peek(source);
  const isGzip = packed.head[0] === 0x1f && packed.head[1] === 0x8b;
  return peek(withinBudget(isGzip ? unpacked(packed.bytes) : packed.bytes, budget));
}

async function* withinBudget(
  source: AsyncIterable<Buffer>,
  budget: ByteBudget,
): AsyncGenerator<Buffer> {
  for await (const piece of source) {
    budget.left -= piece.length;
    if (budget.left < 0) {
      throw uploadTooLarge(
        `it is too large: one request may upload ${String(budget.limit)} bytes in all.`,
      );
    }
    yield piece;
  }
}

async function* unpacked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let packedBytes = 0;
  let bytes = 0;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of source) {
      packedBytes += piece.length;
      yield piece;
    }
  };
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  const input = Readable.from(counted(), { objectMode: false });
  input.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const piece of input.pipe(gunzip) as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > harmlessBytes && bytes > packedBytes * largestRatio) {
        throw uploadTooLarge('its gzip unpacks to far more than any table would.');
      }
      yield piece;
    }
  } catch (error) {
    throw codeOf(error).startsWith('Z_')
      ? badUpload('its gzip is damaged or cut off.', { cause: error })
      : error;
  } finally {
    input.destroy();
    gunzip.destroy();
  }
}

async function peek(source: AsyncIterable<Buffer>): Promise<UploadBody> {
  const iterator = source[Symbol.asyncIterator]();
  const pieces: Buffer[] = [];
  let length = 0;
  let isOver = false;
  while (length < peekedBytes && !isOver) {
    const next = await iterator.next();
    if (next.done === true) isOver = true;
    else {
      pieces.push(next.value);
      length += next.value.length;
    }
  }
  const begun = Buffer.concat(pieces);
  return { head: begun.subarray(0, peekedBytes), bytes: resumed(begun, iterator) };
}

async function* resumed(begun: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (begun.length > 0) yield begun;
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
