import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorDocument, errorMediaType } from '../format/votable/error-document.ts';

/** By the code of Node's error. */
const answers: Readonly<Record<string, readonly [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The URL or the headers are too long. Send the query by POST.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
};

/** Answers what is no HTTP request, or not all of one: no handler ever sees it. */
export function answerBrokenRequest(
  error: Error & { readonly code?: string },
  socket: Duplex,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, message] = answers[error.code ?? ''] ?? [400, 'This is not an HTTP request.'];
  const document = errorDocument(message);
  socket.end(
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\n` +
      `Content-Type: ${errorMediaType}\r\nContent-Length: ${String(document.length)}\r\n` +
      `Connection: close\r\n\r\n${document.toString()}`,
  );
}
