import type { Request, Response } from 'express';
import { ServiceError } from '../service-error.ts';
import { readTapRequest } from '../tap/tap-request.ts';
import { runQuery } from '../tap/run-query.ts';
import { availabilityDocument } from '../vosi/availability.ts';
import { capabilitiesDocument } from '../vosi/capabilities.ts';
import { examplesDocument, examplesMediaType } from '../vosi/examples.ts';
import { tableDocument, tablesDocument } from '../vosi/tables.ts';
import { asyncRoutes } from './async-routes.ts';
import { baseUrl } from './base-url.ts';
import { connectionSignal } from './connection-signal.ts';
import type { HttpContext } from './http-context.ts';
import { pathParameter } from './path-parameter.ts';
import { readPosted, readQueryString } from './read-posted.ts';
import type { Route } from './route.ts';
import { sendAnswer } from './send-answer.ts';
import { sendXml } from './send-document.ts';
import { startPage } from './start-page.ts';
import { createUploadSpool } from './upload-spool.ts';

/** Every URL of the service (TAP 1.1, "Resources"). */
export const routes: readonly Route[] = [
  { path: '/', get: getStartPage },
  { path: '/sync', get: sync, post: sync },
  ...asyncRoutes,
  { path: '/capabilities', get: getCapabilities },
  { path: '/availability', get: getAvailability },
  { path: '/examples', get: getExamples },
  { path: '/tables', get: getTables },
  { path: '/tables/*name', get: getTable },
];

async function sync(request: Request, response: Response, context: HttpContext): Promise<void> {
  const spool = createUploadSpool();
  try {
    const parameters = await readPosted(request, context.bodyLimits, spool.keep);
    const tapRequest = readTapRequest(parameters, context.outputLimit, spool.files);
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
  } finally {
    await spool.dispose();
  }
}

function getStartPage(request: Request, response: Response, context: HttpContext): void {
  response.type('html').send(startPage(baseUrl(request, context)));
}

function getCapabilities(request: Request, response: Response, context: HttpContext): void {
  const { query, outputLimit, jobLimits, bodyLimits } = context;
  const document = capabilitiesDocument({
    baseUrl: baseUrl(request, context),
    outputLimit,
    ...jobLimits,
    uploadBytes: bodyLimits.fileBytes,
    catalog: query.catalog,
  });
  sendXml(response, document, context.startedAt);
}

async function getAvailability(
  _request: Request,
  response: Response,
  context: HttpContext,
): Promise<void> {
  const problems = await Promise.all([
    problemOf(context.checkDatabase, 'The database does not answer.'),
    problemOf(
      context.jobService.results.check,
      'The store of asynchronous results cannot be used.',
    ),
  ]);
  sendXml(response, availabilityDocument(problems.flat(), context.startedAt), null);
}

async function problemOf(check: () => Promise<void>, problem: string): Promise<readonly string[]> {
  return check().then(
    () => [],
    () => [problem],
  );
}

function getExamples(_request: Request, response: Response, context: HttpContext): void {
  response.setHeader('Last-Modified', context.startedAt.toUTCString());
  response.setHeader('Content-Type', examplesMediaType);
  response.end(examplesDocument());
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
  const tableName = pathParameter(request, 'name');
  const document = tableDocument(context.tableSet, tableName);
  if (document === null) {
    throw new ServiceError('not-found', `There is no table ${tableName} here. /tables lists all.`);
  }
  sendXml(response, document, context.startedAt);
}
