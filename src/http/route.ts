import type { Request, Response } from 'express';
import type { HttpContext } from './http-context.ts';

export type Handler = (
  request: Request,
  response: Response,
  context: HttpContext,
) => Promise<void> | void;

export interface Route {
  /** Below the base path, in Express's syntax. A trailing slash is tolerated. */
  readonly path: string;
  /** HEAD goes with GET. */
  readonly get: Handler;
  readonly post?: Handler;
  readonly delete?: Handler;
}

/** What `Allow` says of a URL. */
export function methodsOf(route: Route): string {
  const { post, delete: remove } = route;
  return [
    'GET, HEAD, OPTIONS',
    ...(post === undefined ? [] : ['POST']),
    ...(remove === undefined ? [] : ['DELETE']),
  ].join(', ');
}
