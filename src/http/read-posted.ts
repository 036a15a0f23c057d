import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../service-error.ts';
import type { Parameter } from '../tap/tap-request.ts';
import { readForm } from './read-form.ts';
import {
  type BodyLimits,
  type IncomingFile,
  type KeepFile,
  readMultipart,
} from './read-multipart.ts';

/**
 * The parameters of a request (DALI 1.1, "Parameters"): those of its query string, then those of
 * its body, names and values as sent.
 *
 * @param keepFile takes the files of a multipart body; they are dropped without it
 * @throws ServiceError 'too-large', 'unsupported-media-type', 'bad-request', or what keepFile throws
 */
export async function readPosted(
  request: IncomingMessage,
  limits: BodyLimits,
  keepFile: KeepFile = dropFile,
): Promise<readonly Parameter[]> {
  return [...readQueryString(request), ...(await readBody(request, limits, keepFile))];
}

export function readQueryString(request: IncomingMessage): readonly Parameter[] {
  const url = request.url ?? '';
  const begin = url.indexOf('?');
  return begin === -1 ? [] : parametersOf(url.slice(begin + 1));
}

async function readBody(
  request: IncomingMessage,
  limits: BodyLimits,
  keepFile: KeepFile,
): Promise<readonly Parameter[]> {
  const { headers } = request;
  const contentType = headers['content-type'];
  if (request.method !== 'POST' || contentType === undefined) return [];
  refuseCompression(headers['content-encoding']);
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType === 'multipart/form-data') return readMultipart(request, limits, keepFile);
  if (mediaType === 'application/x-www-form-urlencoded') {
    return parametersOf(await readForm(request, limits.parameterBytes));
  }
  throw new ServiceError(
    'unsupported-media-type',
    'Send parameters as application/x-www-form-urlencoded or multipart/form-data.',
  );
}

async function dropFile({ bytes }: IncomingFile): Promise<void> {
  const pieces = bytes[Symbol.asyncIterator]();
  while ((await pieces.next()).done !== true);
}

function refuseCompression(encoding: string | undefined): void {
  if (encoding === undefined || encoding.toLowerCase() === 'identity') return;
  throw new ServiceError('unsupported-media-type', 'Send parameters without Content-Encoding.');
}

function parametersOf(form: string): readonly Parameter[] {
  return Array.from(new URLSearchParams(form), ([name, value]) => ({ name, value }));
}
