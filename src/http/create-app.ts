import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import type { RequestListener } from 'node:http';
import { softwareVersion } from '../package-root.ts';
import { ServiceError } from '../service-error.ts';
import { basePath, type HttpContext } from './http-context.ts';
import { routes } from './routes.ts';
import { sendError } from './send-error.ts';

/** Answers every request: by the table of URLs, or with an error document. */
export function createApp(context: HttpContext): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.use(commonHeaders);
  app.get('/', (_request, response) => {
    response.redirect(303, basePath);
  });
  addRoutes(app, context);
  return (request, response) => {
    // Express makes them its own Request and Response before it calls anything.
    app(request as Request, response as Response, (error: unknown) => {
      sendError(error ?? notFound(request.url ?? ''), response, context);
    });
  };
}

function addRoutes(app: Express, context: HttpContext): void {
  for (const { path, get, post } of routes) {
    const route = app.route(path === '/' ? basePath : basePath + path);
    route.get((request, response) => get(request, response, context));
    if (post !== undefined) route.post((request, response) => post(request, response, context));
    route.all(refuseMethod(post === undefined ? 'GET, HEAD, OPTIONS' : 'GET, HEAD, OPTIONS, POST'));
  }
}

/** Browser clients (Aladin Lite, Firefly) ask from other origins; taplint wants to know the software. */
const commonHeaders: RequestHandler = (request, response, next) => {
  response.setHeader('Server', softwareVersion);
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader(
    'Access-Control-Expose-Headers',
    'Location, Content-Disposition, Content-Length, Last-Modified, Retry-After',
  );
  if (request.method !== 'OPTIONS') {
    next();
    return;
  }
  response.setHeader('Allow', 'GET, HEAD, OPTIONS, POST');
  response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, OPTIONS, POST');
  response.setHeader(
    'Access-Control-Allow-Headers',
    request.get('Access-Control-Request-Headers') ?? 'Content-Type',
  );
  response.setHeader('Access-Control-Max-Age', 86_400);
  response.vary('Access-Control-Request-Headers');
  response.status(204).end();
};

function refuseMethod(allowed: string): RequestHandler {
  return (request, response) => {
    response.setHeader('Allow', allowed);
    throw new ServiceError(
      'method-not-allowed',
      `${request.method} is not possible here. Use one of: ${allowed}.`,
    );
  };
}

function notFound(url: string): ServiceError {
  const message = url.startsWith(`${basePath}/async`)
    ? `Asynchronous jobs are not offered yet. Send the query to ${basePath}/sync.`
    : `There is nothing at ${url}. The service lies at ${basePath}.`;
  return new ServiceError('not-found', message);
}
