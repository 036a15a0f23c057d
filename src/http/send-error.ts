import type { ServerResponse } from 'node:http';
import { errorDocument, errorMediaType } from '../format/votable/error-document.ts';
import { failures, ServiceError } from '../service-error.ts';
import type { HttpContext } from './http-context.ts';

/** Seconds after which to try again, told where trying again can help. */
const retryAfter = 5;

/** Every error leaves as a VOTable error document (DALI 1.1, "Error documents"). */
export function sendError(error: unknown, response: ServerResponse, context: HttpContext): void {
  const failure = asServiceError(error);
  if (!(error instanceof ServiceError) && failure.kind === 'internal') {
    context.logFault(error, response.req.url ?? '');
  }
  // Behind the first byte, and to nobody, nothing can be told any more.
  if (response.headersSent || failure.kind === 'client-gone') response.destroy();
  else sendFailure(failure, response);
}

function sendFailure(failure: ServiceError, response: ServerResponse): void {
  const { status, uwsType } = failures[failure.kind];
  for (const name of ['Content-Encoding', 'Content-Disposition']) response.removeHeader(name);
  if (uwsType === 'transient') response.setHeader('Retry-After', retryAfter);
  response.statusCode = status;
  response.setHeader('Content-Type', errorMediaType);
  response.end(errorDocument(failure.message));
}

/** Of Express's own errors only a bad %-escape in the path can be the client's doing. */
function asServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error instanceof URIError) {
    return new ServiceError('bad-request', 'The URL has an escape (%) that is not UTF-8.');
  }
  const message = 'The service failed on this request. The fault is ours and was logged.';
  return new ServiceError('internal', message, { cause: error });
}
