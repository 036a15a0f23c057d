import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import type { RequestListener } from 'node:http';
import { softwareVersion } from '../package-root.ts';
import { ServiceError, shortened } from '../service-error.ts';
import { expressMessages, type MessageClasses } from './express-messages.ts';
import { basePath, type HttpContext } from './http-context.ts';
import { methodsOf, type Route } from './route.ts';
import { routes } from './routes.ts';
import { seeOther } from './send-document.ts';
import { sendError } from './send-error.ts';

export interface App {
  /** Answers every request: by the table of URLs, or with an error document. */
  readonly answer: RequestListener;
  /** The server that calls `answer` makes its requests and responses of these. */
  readonly messages: MessageClasses;
}

export function createApp(context: HttpContext): App {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.set('trust proxy', context.proxyHops);
  app.use(commonHeaders);
  app.use(checkHost);
  addRoutes(app, context);
  const messages = expressMessages(app);
  const answer: RequestListener = (request, response) => {
    request.url = withoutDoubledSlashes(request.url ?? '');
    app(request as Request, response as Response, (error: unknown) => {
      sendError(error ?? notFound(request.url ?? ''), response, context);
    });
  };
  return { answer, messages };
}

function addRoutes(app: Express, context: HttpContext): void {
  addRoute(app, { path: '/', get: seeService }, context);
  for (const row of routes) {
    const path = row.path === '/' ? basePath : basePath + row.path;
    addRoute(app, { ...row, path }, context);
  }
  app.use(tellServerMethods);
}

function addRoute(app: Express, row: Route, context: HttpContext): void {
  const { path, get, post, delete: remove } = row;
  const route = app.route(path);
  route.get((request, response) => get(request, response, context));
  if (post !== undefined) route.post((request, response) => post(request, response, context));
  if (remove !== undefined) {
    route.delete((request, response) => remove(request, response, context));
  }
  const methods = methodsOf(row);
  route.options(tellMethods(methods)).all(refuseMethod(methods));
}

function seeService(_request: Request, response: Response): void {
  seeOther(response, basePath);
}

/** Where a client put `/sync` behind a URL that ends with a slash. An absolute URL stays as it is. */
function withoutDoubledSlashes(url: string): string {
  if (!url.startsWith('/') || !url.includes('//')) return url;
  const [path = '', ...query] = url.split('?');
  return [path.replaceAll(/\/{2,}/g, '/'), ...query].join('?');
}

/** RFC 9112, "Host and :authority": only HTTP/1.0 knows requests without; none has two. */
const checkHost: RequestHandler = ({ headers, rawHeaders, httpVersion }, _response, next) => {
  if (headers.host === undefined && httpVersion !== '1.0') {
    throw new ServiceError('bad-request', 'The request has no Host header.');
  }
  if (rawHeaders.filter((name, i) => i % 2 === 0 && /^host$/i.test(name)).length > 1) {
    throw new ServiceError('bad-request', 'The request has more than one Host header.');
  }
  next();
};

/** `OPTIONS *` asks for the whole server. */
const tellServerMethods: RequestHandler = (request, response, next) => {
  const isMeant = request.method === 'OPTIONS' && request.url === '*';
  if (isMeant) tellMethods(allMethods)(request, response, next);
  else next();
};

/** Browser clients (Aladin Lite, Firefly) ask from other origins; taplint wants to know the software. */
const commonHeaders: RequestHandler = (_request, response, next) => {
  response.setHeader('Server', softwareVersion);
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader(
    'Access-Control-Expose-Headers',
    'Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag, Last-Modified, Location, Retry-After',
  );
  next();
};

const allMethods = 'GET, HEAD, OPTIONS, POST, DELETE';

/** What a browser asks before it lets a page of another origin do more than read. */
function tellMethods(methods: string): RequestHandler {
  return (request, response) => {
    response.setHeader('Allow', methods);
    response.setHeader('Access-Control-Allow-Methods', methods);
    response.setHeader(
      'Access-Control-Allow-Headers',
      request.get('Access-Control-Request-Headers') ?? 'Content-Type',
    );
    response.setHeader('Access-Control-Max-Age', 86_400);
    response.vary('Access-Control-Request-Headers');
    response.status(204).end();
  };
}

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
  return new ServiceError(
    'not-found',
    `There is nothing at ${shortened(url)}. The service lies at ${basePath}.`,
  );
}
