import type { Request, Response } from 'express';
import { findFormat } from '../format/find-format.ts';
import { errorDocument, errorMediaType } from '../format/votable/error-document.ts';
import { failures, ServiceError } from '../service-error.ts';
import type { ErrorSummary, Job, JobResult } from '../uws/job.ts';
import type { HttpContext } from './http-context.ts';
import { jobIdOf } from './job-urls.ts';
import { pathParameter } from './path-parameter.ts';
import { forbidKeeping, sendText } from './send-document.ts';
import { redirectToStore } from './redirect-to-store.ts';
import { sendStored, type StoredAnswer, type StoredExchange } from './send-stored.ts';

/**
 * `/results/result`. That of a failed job is its error document: TapPlus reads here before it looks
 * at `/error`.
 */
export async function getResult(
  request: Request,
  response: Response,
  context: HttpContext,
): Promise<void> {
  const job = await context.jobService.jobs.find(jobIdOf(request));
  const error = errorOf(job);
  if (error !== null) sendErrorDocument(response, failures['bad-query'].status, error);
  else if (job.phase === 'COMPLETED') {
    await sendResult(answerOf(job.result), { request, response, context });
  } else throw noResult(job.phase);
}

/** From the result store itself where that is wanted and can be, else from here. */
async function sendResult(stored: StoredAnswer, exchange: StoredExchange): Promise<void> {
  if (await redirectToStore(stored, exchange)) return;
  await sendStored(stored, exchange);
}

/** `/error` (TAP 1.1): 200, since the client gets what it asked for. */
export async function getError(
  request: Request,
  response: Response,
  context: HttpContext,
): Promise<void> {
  const job = await context.jobService.jobs.find(jobIdOf(request));
  const error = errorOf(job);
  if (error !== null) sendErrorDocument(response, 200, error);
  else throw new ServiceError('not-found', `This job has no error. Its phase is ${job.phase}.`);
}

/** `/parameters/{name}`: a parameter's text, or the file that was posted with the job. */
export async function getParameter(
  request: Request,
  response: Response,
  context: HttpContext,
): Promise<void> {
  const job = await context.jobService.jobs.find(jobIdOf(request));
  const wanted = pathParameter(request, 'name');
  const part = job.parts.find(({ name }) => name === wanted);
  const parameter = job.parameters.find(({ name }) => name === wanted.toUpperCase());
  if (part !== undefined) {
    await sendStored({ ...part, disposition: 'attachment' }, { request, response, context });
  } else if (parameter !== undefined) sendText(response, parameter.value);
  else throw new ServiceError('not-found', `This job has no parameter ${wanted.slice(0, 64)}.`);
}

function errorOf(job: Job): ErrorSummary | null {
  return 'error' in job ? job.error : null;
}

function sendErrorDocument(response: Response, status: number, { message }: ErrorSummary): void {
  forbidKeeping(response);
  response.statusCode = status;
  response.setHeader('Content-Type', errorMediaType);
  response.end(errorDocument(message));
}

function answerOf({ mediaType, size, storageKey }: JobResult): StoredAnswer {
  const extension = findFormat(mediaType)?.format.extension ?? 'dat';
  const disposition = `inline; filename="result.${extension}"`;
  return { mediaType, size, storageKey, disposition };
}

function noResult(phase: Job['phase']): ServiceError {
  const message =
    phase === 'ABORTED'
      ? 'This job was aborted and has no result.'
      : `This job has no result yet: its phase is ${phase}. Wait until it is COMPLETED.`;
  return new ServiceError('not-found', message);
}
