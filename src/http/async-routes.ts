import type { Request, Response } from 'express';
import { type Job, formatTime } from '../uws/job.ts';
import {
  jobDocument,
  jobListDocument,
  parametersDocument,
  resultsDocument,
} from '../uws/job-document.ts';
import {
  readDestruction,
  readExecutionDuration,
  readJobAction,
  readJobListFilter,
  readPhaseAction,
  readWait,
} from '../uws/uws-request.ts';
import { connectionSignal } from './connection-signal.ts';
import type { HttpContext } from './http-context.ts';
import { getError, getParameter, getResult } from './job-content.ts';
import { jobIdOf, jobsUrl, jobUrl } from './job-urls.ts';
import { createJob, editParameters } from './post-job.ts';
import { readPosted, readQueryString } from './read-posted.ts';
import type { Handler, Route } from './route.ts';
import { seeOther, sendText, sendXml } from './send-document.ts';
import { viewerOf } from './visitor.ts';

/** Asynchronous queries: every resource of a job (UWS 1.1, "REST binding"; TAP 1.1, "/async"). */
export const asyncRoutes: readonly Route[] = [
  { path: '/async', get: getJobs, post: createJob },
  { path: '/async/:jobId', get: getJob, post: actOnJob, delete: deleteJob },
  { path: '/async/:jobId/phase', get: getPhase, post: changePhase },
  {
    path: '/async/:jobId/executionduration',
    get: value((job) => String(job.executionDuration)),
    post: changeExecutionDuration,
  },
  {
    path: '/async/:jobId/destruction',
    get: value((job) => formatTime(job.destruction)),
    post: changeDestruction,
  },
  {
    path: '/async/:jobId/quote',
    get: value(({ quote }) => (quote === null ? '' : formatTime(quote))),
  },
  { path: '/async/:jobId/owner', get: value(({ ownerId }) => ownerId ?? '') },
  { path: '/async/:jobId/error', get: getError },
  { path: '/async/:jobId/parameters', get: document(parametersDocument), post: editParameters },
  { path: '/async/:jobId/parameters/:name', get: getParameter },
  { path: '/async/:jobId/results', get: document(resultsDocument) },
  { path: '/async/:jobId/results/result', get: getResult },
];

async function getJobs(request: Request, response: Response, context: HttpContext): Promise<void> {
  const filter = readJobListFilter(readQueryString(request));
  const jobs = await context.jobService.jobs.list(viewerOf(request), filter);
  response.vary('Cookie');
  sendXml(response, jobListDocument(jobs, jobsUrl(request, context)), null);
}

/** With WAIT the answer comes when the job's phase has changed, or when the time is over. */
async function getJob(request: Request, response: Response, context: HttpContext): Promise<void> {
  const { jobs, waiter } = context.jobService;
  const wait = readWait(readQueryString(request));
  if (wait !== null) await waiter.wait(jobIdOf(request), wait, connectionSignal(request.socket));
  const job = await jobs.find(jobIdOf(request));
  sendXml(response, jobDocument(job, jobsUrl(request, context)), null);
}

/** DELETE for those who can only POST: `ACTION=DELETE`. */
async function actOnJob(request: Request, response: Response, context: HttpContext): Promise<void> {
  readJobAction(await readPosted(request, context.bodyLimits));
  await deleteJob(request, response, context);
}

async function deleteJob(
  request: Request,
  response: Response,
  context: HttpContext,
): Promise<void> {
  const { jobs, results } = context.jobService;
  const keys = await jobs.destroy(jobIdOf(request));
  // The job is gone either way; what cannot be deleted now is an orphan that the sweeper finds.
  await results.delete(keys).catch((fault: unknown) => {
    context.logFault(fault, request.url);
  });
  seeOther(response, jobsUrl(request, context));
}

async function getPhase(request: Request, response: Response, context: HttpContext): Promise<void> {
  sendText(response, await context.jobService.jobs.phaseOf(jobIdOf(request)));
}

async function changePhase(
  request: Request,
  response: Response,
  context: HttpContext,
): Promise<void> {
  const { jobs } = context.jobService;
  const action = readPhaseAction(await readPosted(request, context.bodyLimits));
  if (action === 'RUN') await jobs.queue(jobIdOf(request));
  else await jobs.abort(jobIdOf(request));
  if (action === 'ABORT' && isTapPlus(request)) await getJob(request, response, context);
  else seeJob(request, response, context);
}

/** TapPlus takes 303 for the failure of its ABORT, and nothing but 200 for success. */
function isTapPlus(request: Request): boolean {
  return /^astroquery\b/i.test(request.get('User-Agent') ?? '');
}

async function changeExecutionDuration(
  request: Request,
  response: Response,
  context: HttpContext,
): Promise<void> {
  const posted = await readPosted(request, context.bodyLimits);
  const seconds = readExecutionDuration(posted, context.jobLimits);
  await context.jobService.jobs.setExecutionDuration(jobIdOf(request), seconds);
  seeJob(request, response, context);
}

async function changeDestruction(
  request: Request,
  response: Response,
  context: HttpContext,
): Promise<void> {
  const posted = await readPosted(request, context.bodyLimits);
  const time = readDestruction(posted, context.jobLimits, new Date());
  await context.jobService.jobs.setDestruction(jobIdOf(request), time);
  seeJob(request, response, context);
}

function seeJob(request: Request, response: Response, context: HttpContext): void {
  seeOther(response, jobUrl(jobsUrl(request, context), jobIdOf(request)));
}

/** A resource that is one value of the job, the same as in its document. */
function value(text: (job: Job) => string): Handler {
  return async (request, response, context) => {
    sendText(response, text(await context.jobService.jobs.find(jobIdOf(request))));
  };
}

/** A resource that is one element of the job's document. */
function document(render: (job: Job, jobsUrl: string) => string): Handler {
  return async (request, response, context) => {
    const job = await context.jobService.jobs.find(jobIdOf(request));
    sendXml(response, render(job, jobsUrl(request, context)), null);
  };
}
