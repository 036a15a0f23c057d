import busboy from 'busboy';
import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../service-error.ts';
import type { Parameter } from '../tap/tap-request.ts';
import { leftTooSoon, tooLarge } from './read-form.ts';

/** More fields than any client sends; each costs memory. */
const maxFields = 1000;

/** The text fields of a multipart body (RFC 7578). Files are read and dropped: uploads come later. */
export function readMultipart(
  request: IncomingMessage,
  maxBytes: number,
): Promise<readonly Parameter[]> {
  return new Promise((resolve, reject) => {
    const fail = (error: ServiceError): void => {
      request.unpipe();
      request.resume();
      reject(error);
    };
    const parser = createParser(request, maxBytes, fail);
    if (parser === null) return;
    const parameters: Parameter[] = [];
    let bytesLeft = maxBytes;
    parser.on('field', (name, value, info) => {
      bytesLeft -= Buffer.byteLength(name) + Buffer.byteLength(value);
      if (info.valueTruncated || bytesLeft < 0) fail(tooLarge(maxBytes));
      else parameters.push({ name, value });
    });
    parser.on('file', (_name, file) => file.resume());
    parser.on('fieldsLimit', () => {
      fail(tooLarge(maxBytes));
    });
    parser.on('error', (error) => {
      fail(malformed(error));
    });
    parser.on('close', () => {
      resolve(parameters);
    });
    request.on('error', () => {
      fail(leftTooSoon());
    });
    request.pipe(parser);
  });
}

function createParser(
  request: IncomingMessage,
  maxBytes: number,
  fail: (error: ServiceError) => void,
): busboy.Busboy | null {
  try {
    return busboy({
      headers: { 'content-type': withQuotedBoundary(request.headers['content-type'] ?? '') },
      limits: { fieldSize: maxBytes, fields: maxFields },
    });
  } catch (error) {
    fail(malformed(error));
    return null;
  }
}

/**
 * astroquery's TapPlus sends `boundary====1795185488239===` without quotes, which the grammar of
 * HTTP and busboy do not take.
 */
function withQuotedBoundary(contentType: string): string {
  return contentType.replace(
    /boundary=(?!")([^;]+)/i,
    (_match, boundary: string) => `boundary="${boundary.trim()}"`,
  );
}

function malformed(cause: unknown): ServiceError {
  const message = 'The multipart/form-data body of this request is malformed.';
  return new ServiceError('bad-request', message, { cause });
}
