import { pipeline } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { codeOf } from '../database/error-fields.ts';
import { LoadError } from './load-error.ts';

/** The bytes of a manifest, unpacked when they begin as gzip does (RFC 1952: 1f 8b), else as they are. */
export async function* unzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  const head = await readHead(chunks);
  const whole = (async function* () {
    yield head;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      yield next.value;
    }
  })();
  if (head[0] === 0x1f && head[1] === 0x8b) yield* gunzip(whole);
  else yield* whole;
}

/** The first two bytes at least, unless there are fewer. */
async function readHead(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
}

async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  // The default of 16 kB a chunk costs a third of the speed.
  const unpacked = createGunzip({ chunkSize: 262_144, flush: constants.Z_NO_FLUSH });
  // A fault of either reaches the reader below: pipeline destroys `unpacked` with it.
  pipeline(chunks, unpacked, () => undefined);
  try {
    for await (const chunk of unpacked) yield chunk as Uint8Array;
  } catch (cause) {
    throw gunzipFault(cause);
  }
}

function gunzipFault(cause: unknown): unknown {
  switch (codeOf(cause)) {
    case 'Z_BUF_ERROR':
      return new LoadError(
        'The manifest is cut short: its gzip data ends before it is complete. Nothing was loaded.',
        { cause },
      );
    case 'Z_DATA_ERROR':
      return new LoadError(
        'The manifest is damaged: its gzip data has faults. Nothing was loaded.',
        { cause },
      );
    default:
      return cause;
  }
}
