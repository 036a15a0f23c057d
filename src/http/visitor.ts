import type { Request, Response } from 'express';
import { createHash, randomBytes } from 'node:crypto';
import type { Viewer } from '../uws/job.ts';
import { baseUrl } from './base-url.ts';
import type { HttpContext } from './http-context.ts';

const cookieName = 'cloudtap_visitor';

/** Who asks for the job list: whoever keeps our cookie sees the jobs that were posted with it. */
export function viewerOf(request: Request): Viewer {
  return viewer(cookieOf(request));
}

/** Who posts a job. A client without our cookie gets one with the answer; most never send it back. */
export function welcomeVisitor(request: Request, response: Response, context: HttpContext): Viewer {
  const known = cookieOf(request);
  if (known !== null) return viewer(known);
  const cookie = randomBytes(16).toString('hex');
  const { pathname, protocol } = new URL(baseUrl(request, context));
  response.cookie(cookieName, cookie, {
    path: pathname,
    httpOnly: true,
    sameSite: 'lax',
    secure: protocol === 'https:',
    maxAge: context.jobLimits.retention.hard * 1000,
  });
  return viewer(cookie);
}

function cookieOf(request: Request): string | null {
  return (
    /(?:^|;\s*)cloudtap_visitor=([0-9a-f]{32})(?:;|$)/.exec(request.headers.cookie ?? '')?.[1] ??
    null
  );
}

/** The database keeps the hash alone: whoever reads it there cannot pass for the visitor. */
function viewer(cookie: string | null): Viewer {
  const visitor = cookie === null ? null : createHash('sha256').update(cookie).digest('hex');
  return { ownerId: null, visitor };
}
