import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorDocument, errorMediaType } from '../format/votable/error-document.ts';

type Answer = readonly [status: number, message: string];

const wrongUrl =
  'The URL has characters that must be escaped with %: spaces, letters with accents. Send the query ' +
  'by POST, or let the client escape it (curl: -G --data-urlencode "QUERY=...").';

const brokenOff = 'The request broke off before its end, or its body is not as its headers say.';

const otherProtocol: Answer = [
  400,
  'This is not an HTTP/1.1 request. If the URL begins with https, try http.',
];

/** By the code of Node's error. */
const answers: Readonly<Record<string, Answer>> = {
  HPE_HEADER_OVERFLOW: [431, 'The URL or the headers are too long. Send the query by POST.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
  HPE_INVALID_URL: [400, wrongUrl],
  HPE_INVALID_CONSTANT: [400, wrongUrl],
  HPE_INVALID_EOF_STATE: [400, brokenOff],
  HPE_INVALID_CHUNK_SIZE: [400, brokenOff],
  HPE_INVALID_CONTENT_LENGTH: [400, brokenOff],
  HPE_UNEXPECTED_CONTENT_LENGTH: [400, brokenOff],
  HPE_INVALID_TRANSFER_ENCODING: [400, brokenOff],
};

/** Answers what is no HTTP request, or not all of one: no handler ever sees it. */
export function answerBrokenRequest(
  error: Error & { readonly code?: string },
  socket: Duplex,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
  else endWith(socket, answers[error.code ?? ''] ?? otherProtocol);
}

/** CONNECT, which Node hands over as a bare connection. */
export function refuseTunnel(socket: Duplex): void {
  endWith(socket, [405, 'CONNECT is not possible here: this is no proxy.']);
}

function endWith(socket: Duplex, [status, message]: Answer): void {
  const document = errorDocument(message);
  // The client may be gone before it has read this.
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\n` +
      `Content-Type: ${errorMediaType}\r\nContent-Length: ${String(document.length)}\r\n` +
      `Connection: close\r\n\r\n${document.toString()}`,
  );
}
