import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../service-error.ts';

export function tooLarge(maxBytes: number): ServiceError {
  return new ServiceError(
    'too-large',
    `The parameters of this request have more than ${String(maxBytes)} bytes, which is the limit here.`,
  );
}

/** The client left before its request was complete. */
export function leftTooSoon(): ServiceError {
  return new ServiceError('client-gone', 'The client closed the connection.');
}

/** The text of an urlencoded body. What is beyond the limit is read and dropped, so that the client
 * has sent all and listens when the error comes. */
export function readForm(request: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on('end', () => {
      if (length > maxBytes) reject(tooLarge(maxBytes));
      else resolve(Buffer.concat(chunks).toString('utf8'));
    });
    request.on('error', () => {
      reject(leftTooSoon());
    });
  });
}
