import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { addAbortSignal, type Readable } from 'node:stream';
import { codeOf } from '../database/error-fields.ts';
import { softwareVersion } from '../package-root.ts';
import { ServiceError } from '../service-error.ts';
import { isPublicAddress, lookupPublic, privateAddress } from './public-address.ts';
import type { SpoolFiles } from './spool.ts';
import { badUpload, uploadTooLarge } from './upload-failure.ts';

/** The content of an uploaded table, wherever it was put until it is read. */
export interface UploadPart {
  /** The Content-Type that came with it, which may be wrong. */
  readonly mediaType: string | null;
  /** The bytes from the start, each time. */
  readonly open: () => Readable;
}

export interface FetchUploadOptions {
  /** Hosts of the operator's own network may be reached. Only for services that trust all clients. */
  readonly allowPrivateAddresses: boolean;
  /** As they come over the line. */
  readonly maxBytes: number;
  /** Where it is kept until it is read. */
  readonly files: SpoolFiles;
  readonly signal: AbortSignal;
  /** Seconds in which the server must send something, again and again. Default 30. */
  readonly patience?: number;
}

const mostRedirects = 5;
const usualPatience = 30;

/**
 * Fetches an upload given as http(s) URL into a temporary file, so that no slow server holds a
 * connection to the database.
 * @throws ServiceError that says why the URL cannot be used
 */
export async function fetchUpload(url: URL, options: FetchUploadOptions): Promise<UploadPart> {
  const response = await openUrl(url, options);
  const file = await options.files.create();
  try {
    const content = addAbortSignal(options.signal, response) as AsyncIterable<Buffer>;
    await file.write(bounded(content, url, options.maxBytes));
  } catch (error) {
    response.destroy();
    throw unreachable(url, error);
  }
  const mediaType = response.headers['content-type'] ?? null;
  return { mediaType, open: file.open };
}

async function* bounded(
  source: AsyncIterable<Buffer>,
  url: URL,
  maxBytes: number,
): AsyncGenerator<Buffer> {
  let left = maxBytes;
  for await (const piece of source) {
    left -= piece.length;
    if (left < 0) {
      throw uploadTooLarge(
        `UPLOAD: ${url.href} is larger than the ${String(maxBytes)} bytes that may be uploaded.`,
      );
    }
    yield piece;
  }
}

/** Follows redirects; each hop is checked like the first. */
async function openUrl(start: URL, options: FetchUploadOptions): Promise<IncomingMessage> {
  let url = start;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    checkUrl(url, options);
    const response = await get(url, options).catch((error: unknown) => {
      throw unreachable(url, error);
    });
    const location = redirectOf(response);
    if (location === null) return accepted(response, url);
    response.destroy();
    if (!URL.canParse(location, url.href))
      throw badUpload(`UPLOAD: ${url.href} redirects to nowhere.`);
    url = new URL(location, url.href);
  }
  throw badUpload(`UPLOAD: ${start.href} redirects more than ${String(mostRedirects)} times.`);
}

/** A host given as an address is never looked up, so it is checked here. */
function checkUrl(url: URL, { allowPrivateAddresses }: FetchUploadOptions): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw badUpload(`UPLOAD: ${url.protocol} URIs are not read here; use http: or https:.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw badUpload('UPLOAD: a URL with a user name or password is not fetched.');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivateAddresses && isIP(host) !== 0 && !isPublicAddress(host)) {
    throw privateAddress(host);
  }
}

function get(url: URL, options: FetchUploadOptions): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const { patience = usualPatience } = options;
    const asked = request(url, {
      timeout: patience * 1000,
      // A connection of its own: a kept one might have been made without the check.
      agent: false,
      signal: options.signal,
      headers: { 'user-agent': softwareVersion, 'accept-encoding': 'gzip' },
      ...(options.allowPrivateAddresses ? {} : { lookup: lookupPublic }),
    })
      .on('response', (response) => {
        asked
          .removeAllListeners('timeout')
          .on('timeout', () => response.destroy(silent(url, patience)));
        resolve(response);
      })
      .on('timeout', () => asked.destroy(silent(url, patience)))
      .on('error', reject)
      .end();
  });
}

function redirectOf({ statusCode, headers }: IncomingMessage): string | null {
  const isRedirect = statusCode !== undefined && [301, 302, 303, 307, 308].includes(statusCode);
  return isRedirect ? (headers.location ?? null) : null;
}

function accepted(response: IncomingMessage, url: URL): IncomingMessage {
  const { statusCode, headers } = response;
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (statusCode === 200 && ['identity', 'gzip', 'x-gzip'].includes(encoding)) return response;
  response.destroy();
  throw badUpload(
    statusCode === 200
      ? `UPLOAD: ${url.href} came compressed by ${encoding}, which is not read here.`
      : `UPLOAD: ${url.href} could not be fetched; its server answered ${String(statusCode)}.`,
  );
}

function silent(url: URL, seconds: number): ServiceError {
  return badUpload(
    `UPLOAD: ${url.href} could not be fetched: its server sent nothing for ${String(seconds)} s.`,
  );
}

/** Of the system, of name look-ups and of Node's TLS and HTTP. */
const reasons: readonly (readonly [code: RegExp, reason: string])[] = [
  [/^ECONNREFUSED$/, 'nothing listens there'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'there is no server of that name'],
  [/^(EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/, 'its server cannot be reached'],
  [/^(ECONNRESET|EPIPE|)$/, 'its server broke off'],
  [/^HPE_/, 'its server does not speak proper HTTP'],
  [/CERT|^ERR_TLS|^UNABLE_TO_/, 'its certificate is not valid'],
];

function unreachable(url: URL, error: unknown): unknown {
  if (error instanceof ServiceError || codeOf(error) === 'ABORT_ERR') return error;
  const code = codeOf(error);
  const reason = reasons.find(([form]) => form.test(code))?.[1] ?? `the system says ${code}`;
  return badUpload(`UPLOAD: ${url.href} could not be fetched: ${reason}.`, { cause: error });
}
