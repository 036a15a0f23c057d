import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorDocument, errorMediaType } from '../format/votable/error-document.ts';
import { failures, ServiceError } from '../service-error.ts';
import type { HttpContext } from './http-context.ts';
import { forbidKeeping } from './send-document.ts';

/** Seconds after which to try again, where trying again can help and nobody knows better. */
const usualRetryAfter = 5;

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
  if (uwsType === 'transient') {
    response.setHeader('Retry-After', failure.retryAfter ?? usualRetryAfter);
  }
  // A job without a result now may have one in a second: no proxy shall keep that.
  forbidKeeping(response);
  response.statusCode = status;
  response.setHeader('Content-Type', mediaTypeFor(response.req));
  response.end(errorDocument(failure.message));
}

/** A browser that opens the URL for a person shows this type, and would save the other. */
function mediaTypeFor({ headers }: IncomingMessage): string {
  return headers['sec-fetch-dest'] === 'document' ? 'text/xml' : errorMediaType;
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
