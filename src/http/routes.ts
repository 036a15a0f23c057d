import type { Request, Response } from 'express';
import { ServiceError } from '../service-error.ts';
import { readTapRequest } from '../tap/tap-request.ts';
import { runQuery } from '../tap/run-query.ts';
import { availabilityDocument } from '../vosi/availability.ts';
import { capabilitiesDocument } from '../vosi/capabilities.ts';
import { tableDocument, tablesDocument } from '../vosi/tables.ts';
import { baseUrl } from './base-url.ts';
import { connectionSignal } from './connection-signal.ts';
import type { HttpContext } from './http-context.ts';
import { readParameters, readQueryString } from './read-parameters.ts';
import { sendAnswer } from './send-answer.ts';
import { startPage } from './start-page.ts';

type Handler = (request: Request, response: Response, context: HttpContext) => Promise<void> | void;

interface Route {
  /** Below the base path, in Express's syntax. A trailing slash is tolerated. */
  readonly path: string;
  /** HEAD goes with GET. */
  readonly get: Handler;
  readonly post?: Handler;
}

/** Every URL of the service (TAP 1.1, "Resources"). */
export const routes: readonly Route[] = [
  { path: '/', get: getStartPage },
  { path: '/sync', get: sync, post: sync },
  { path: '/capabilities', get: getCapabilities },
  { path: '/availability', get: getAvailability },
  { path: '/tables', get: getTables },
  { path: '/tables/*name', get: getTable },
];

async function sync(request: Request, response: Response, context: HttpContext): Promise<void> {
  const parameters = await readParameters(request, context.maxQueryBytes);
  const tapRequest = readTapRequest(parameters, context.outputLimit);
  const signal = connectionSignal(request.socket);
  const { contentType, format } = tapRequest;
  await sendAnswer(
    {
      contentType,
      fileName: `result.${format.extension}`,
      chunks: runQuery(tapRequest, context.query, signal),
    },
    { request, response, signal, idleReaderTimeout: context.idleReaderTimeout },
  );
}

function getStartPage(request: Request, response: Response, context: HttpContext): void {
  response.type('html').send(startPage(baseUrl(request, context)));
}

function getCapabilities(request: Request, response: Response, context: HttpContext): void {
  const { query, outputLimit } = context;
  const document = capabilitiesDocument({
    baseUrl: baseUrl(request, context),
    outputLimit,
    executionDuration: query.executionDuration,
    catalog: query.catalog,
  });
  sendXml(response, document, context.startedAt);
}

async function getAvailability(
  _request: Request,
  response: Response,
  context: HttpContext,
): Promise<void> {
  const isAvailable = await context.checkDatabase().then(
    () => true,
    () => false,
  );
  sendXml(response, availabilityDocument(isAvailable, context.startedAt), null);
}

/**
 * `detail=min` (VOSI 1.1) and `only_tables=true` (TapPlus) leave columns out, `tables=a.b,c.d`
 * (TapPlus) other tables. TapPlus is who sends no User-Agent.
 */
function getTables(request: Request, response: Response, context: HttpContext): void {
  const parameter = (wanted: string): string | null =>
    readQueryString(request).find(({ name }) => name.toLowerCase() === wanted)?.value ?? null;
  const isMinimal = parameter('detail')?.toLowerCase() === 'min';
  const document = tablesDocument(context.tableSet, {
    withColumns: !isMinimal && parameter('only_tables') !== 'true',
    only: parameter('tables')?.split(',') ?? null,
    forTapPlus: request.headers['user-agent'] === undefined,
  });
  response.vary('User-Agent');
  sendXml(response, document, context.startedAt);
}

function getTable(request: Request, response: Response, context: HttpContext): void {
  const { name } = request.params;
  const tableName = Array.isArray(name) ? name.join('/') : (name ?? '');
  const document = tableDocument(context.tableSet, tableName);
  if (document === null) {
    throw new ServiceError('not-found', `There is no table ${tableName} here. /tables lists all.`);
  }
  sendXml(response, document, context.startedAt);
}

/** @param lastModified null for what must not be kept. */
function sendXml(response: Response, document: string, lastModified: Date | null): void {
  if (lastModified === null) response.setHeader('Cache-Control', 'no-store');
  else response.setHeader('Last-Modified', lastModified.toUTCString());
  response.setHeader('Content-Type', 'text/xml;charset=utf-8');
  response.end(document);
}
