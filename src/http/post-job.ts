import type { Request, Response } from 'express';
import { randomBytes } from 'node:crypto';
import type { Parameter } from '../tap/tap-request.ts';
import type { StoredPart } from '../uws/job.ts';
import { createJobId } from '../uws/job-store.ts';
import { readJobRequest, readParameterEdit } from '../uws/uws-request.ts';
import { clientAddress } from './client-address.ts';
import type { HttpContext } from './http-context.ts';
import { jobIdOf, jobsUrl, jobUrl } from './job-urls.ts';
import type { KeepFile } from './read-multipart.ts';
import { readPosted } from './read-posted.ts';
import { seeOther } from './send-document.ts';
import { welcomeVisitor } from './visitor.ts';

/** POST to the job list: its files are kept first, then the job that names them is created. */
export async function createJob(
  request: Request,
  response: Response,
  context: HttpContext,
): Promise<void> {
  const client = clientAddress(request);
  context.clientLimits.count(client);
  const jobId = createJobId();
  await withParts({ request, context, jobId }, async (parameters, parts) => {
    await context.jobService.jobs.create({
      jobId,
      viewer: welcomeVisitor(request, response, context),
      clientAddress: client,
      request: readJobRequest(parameters, context.jobLimits, new Date()),
      parts,
    });
  });
  seeOther(response, jobUrl(jobsUrl(request, context), jobId));
}

/** POST to `/parameters` (TAP 1.1, "/async"): while the job is PENDING. */
export async function editParameters(
  request: Request,
  response: Response,
  context: HttpContext,
): Promise<void> {
  const jobId = jobIdOf(request);
  const { jobs } = context.jobService;
  // Nobody shall fill the store on behalf of a job that is not there.
  await jobs.phaseOf(jobId);
  await withParts({ request, context, jobId }, async (parameters, parts) => {
    await jobs.editParameters(jobId, readParameterEdit(parameters), parts);
  });
  seeOther(response, jobUrl(jobsUrl(request, context), jobId));
}

interface Posting {
  readonly request: Request;
  readonly context: HttpContext;
  readonly jobId: string;
}

/** Reads a POST with its files into the result store; when anything fails they are not left there. */
async function withParts(
  { request, context, jobId }: Posting,
  use: (parameters: readonly Parameter[], parts: readonly StoredPart[]) => Promise<void>,
): Promise<void> {
  const { results } = context.jobService;
  const parts: StoredPart[] = [];
  const keepFile: KeepFile = async ({ name, bytes, mediaType: given }) => {
    const mediaType = given ?? 'application/octet-stream';
    // Keys of a job begin with its id: so the sweeper knows what belongs to whom.
    const storageKey = `${jobId}.part${randomBytes(4).toString('hex')}`;
    const size = await results.write(storageKey, bytes, mediaType);
    parts.push({ name, mediaType, size, storageKey });
  };
  try {
    await use(await readPosted(request, context.bodyLimits, keepFile), parts);
  } catch (error) {
    await results.delete(parts.map(({ storageKey }) => storageKey)).catch((fault: unknown) => {
      context.logFault(fault, request.url);
    });
    throw error;
  }
}
