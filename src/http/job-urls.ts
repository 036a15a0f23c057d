import type { Request } from 'express';
import { baseUrl } from './base-url.ts';
import type { HttpContext } from './http-context.ts';
import { pathParameter } from './path-parameter.ts';

/** Of the job list, as this client addresses it. */
export function jobsUrl(request: Request, context: HttpContext): string {
  return `${baseUrl(request, context)}/async`;
}

/** TapPlus builds it by itself from the last part of Location: a job must lie exactly here. */
export function jobUrl(jobs: string, jobId: string): string {
  return `${jobs}/${jobId}`;
}

/** The job that the request is about. */
export function jobIdOf(request: Request): string {
  return pathParameter(request, 'jobId');
}
