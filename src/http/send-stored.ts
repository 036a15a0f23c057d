import type { Request, Response } from 'express';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { ServiceError } from '../service-error.ts';
import type { ByteRange } from '../storage/result-store.ts';
import { readByteRange } from './byte-range.ts';
import { connectionSignal } from './connection-signal.ts';
import type { HttpContext } from './http-context.ts';
import { forbidKeeping } from './send-document.ts';
import { wantsGzip } from './wants-gzip.ts';

/** An object of the result store, and how it is to be called. */
export interface StoredAnswer {
  readonly storageKey: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** For Content-Disposition: `inline; filename="result.vot"`. */
  readonly disposition: string;
}

export interface StoredExchange {
  readonly request: Request;
  readonly response: Response;
  readonly context: HttpContext;
}

/** How an object leaves: some of its bytes, or all of them, perhaps compressed. */
type Delivery =
  | { readonly kind: 'whole' }
  | { readonly kind: 'gzip' }
  | { readonly kind: 'part'; readonly range: ByteRange }
  | { readonly kind: 'unchanged' };

/**
 * Sends an object by its Range, If-Range and If-None-Match: an interrupted download can be resumed,
 * since what lies under a key never changes.
 * @throws ServiceError 'unsatisfiable-range', or what the store throws
 */
export async function sendStored(stored: StoredAnswer, exchange: StoredExchange): Promise<void> {
  const { request, response, context } = exchange;
  const delivery = chooseDelivery(stored, request, response);
  const range = delivery.kind === 'part' ? delivery.range : undefined;
  const isBodyWanted = request.method !== 'HEAD' && delivery.kind !== 'unchanged';
  // Opened before the headers are written: what is not there becomes an error response.
  const bytes = isBodyWanted
    ? await context.jobService.results.read(stored.storageKey, range)
    : null;
  writeHeaders(stored, delivery, response);
  if (bytes === null) response.end();
  else await sendBytes(bytes, delivery, exchange);
}

function chooseDelivery(stored: StoredAnswer, request: Request, response: Response): Delivery {
  const whole = { kind: wantsGzip(request, stored.size) ? 'gzip' : 'whole' } as const;
  if (isKnown(entityTag(stored, whole), request)) return { kind: 'unchanged' };
  const tag = entityTag(stored, { kind: 'whole' });
  if ((request.get('If-Range') ?? tag) !== tag) return whole;
  const range = readByteRange(request.get('Range'), stored.size);
  if (range === null) return whole;
  if (range !== 'unsatisfiable') return { kind: 'part', range };
  response.setHeader('Content-Range', `bytes */${String(stored.size)}`);
  throw new ServiceError(
    'unsatisfiable-range',
    `Range: there are ${String(stored.size)} bytes, and none of those that were asked for.`,
  );
}

/** RFC 9110, "If-None-Match": `*`, or a list that is compared weakly, as proxies mark what they compress. */
function isKnown(tag: string, request: Request): boolean {
  const known = request.get('If-None-Match')?.split(/\s*,\s*/) ?? [];
  return known.some((one) => one === '*' || one.replace(/^W\//, '') === tag);
}

/** A compressed answer is another sequence of bytes, so it has another tag. */
function entityTag({ storageKey }: StoredAnswer, { kind }: Delivery): string {
  return kind === 'gzip' ? `"${storageKey}-gzip"` : `"${storageKey}"`;
}

function writeHeaders(stored: StoredAnswer, delivery: Delivery, response: Response): void {
  const { mediaType, size, disposition } = stored;
  forbidKeeping(response);
  response.setHeader('ETag', entityTag(stored, delivery));
  response.setHeader('Accept-Ranges', 'bytes');
  response.vary('Accept-Encoding');
  response.setHeader('Content-Type', mediaType);
  response.setHeader('Content-Disposition', disposition);
  // What a client chose to post must not become a page of this site.
  response.setHeader('X-Content-Type-Options', 'nosniff');
  switch (delivery.kind) {
    case 'whole':
      response.setHeader('Content-Length', size);
      return;
    case 'gzip':
      response.setHeader('Content-Encoding', 'gzip');
      return;
    case 'part': {
      const { first, last } = delivery.range;
      response.statusCode = 206;
      response.setHeader('Content-Range', `bytes ${String(first)}-${String(last)}/${String(size)}`);
      response.setHeader('Content-Length', last - first + 1);
      return;
    }
    case 'unchanged':
      response.statusCode = 304;
  }
}

/** At the client's pace; one that takes nothing for too long is cut off, by Node. */
async function sendBytes(
  bytes: Readable,
  delivery: Delivery,
  { request, response, context }: StoredExchange,
): Promise<void> {
  response.setTimeout(context.idleReaderTimeout * 1000);
  const gzip = delivery.kind === 'gzip' ? [createGzip({ level: constants.Z_BEST_SPEED })] : [];
  const signal = connectionSignal(request.socket);
  await pipeline([bytes, ...gzip, response]).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : error;
  });
}
