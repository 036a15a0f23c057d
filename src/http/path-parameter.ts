import type { Request } from 'express';

/** What stands for `:name` or `*name` in the path of a route. */
export function pathParameter(request: Request, name: string): string {
  const text = request.params[name] ?? '';
  return typeof text === 'string' ? text : text.join('/');
}
