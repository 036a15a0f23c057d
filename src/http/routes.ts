import type { Request, Response } from 'express';
import { ServiceError } from '../service-error.ts';
import { exampleQuery } from '../tap/example-query.ts';
import { readTapRequest } from '../tap/tap-request.ts';
import { type QueryContext, runQuery } from '../tap/run-query.ts';
import { availabilityDocument } from '../vosi/availability.ts';
import { capabilitiesDocument } from '../vosi/capabilities.ts';
import { examplesDocument, examplesMediaType } from '../vosi/examples.ts';
import { tableDocument, tablesDocument } from '../vosi/tables.ts';
import { asyncRoutes } from './async-routes.ts';
import { baseUrl } from './base-url.ts';
import { clientAddress } from './client-address.ts';
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
  const client = clientAddress(request);
  const close = context.clientLimits.open(client);
  const spool = createUploadSpool(context.query.uploads.spool);
  try {
    const parameters = await readPosted(request, context.bodyLimits, spool.keep);
    const tapRequest = readTapRequest(parameters, context.outputLimit, spool.files);
    const signal = connectionSignal(request.socket);
    const { contentType, format } = tapRequest;
    const syncUrl = `${baseUrl(request, context)}/sync`;
    await sendAnswer(
      {
        contentType,
        fileName: `result.${format.extension}`,
        chunks: runQuery({ ...tapRequest, syncUrl }, queryContextFor(client, context), signal),
      },
      { request, response, signal, idleReaderTimeout: context.idleReaderTimeout },
    );
  } finally {
    close();
    await spool.dispose();
  }
}

function queryContextFor(client: string, { query, readRowsFor }: HttpContext): QueryContext {
  return {
    ...query,
    readRows: readRowsFor(client),
    log: (entry) => {
      query.log({ ...entry, client });
    },
  };
}

/** `?QUERY=` puts another query into the box. */
function getStartPage(request: Request, response: Response, context: HttpContext): void {
  const given = readQueryString(request).find(({ name }) => name.toUpperCase() === 'QUERY');
  // The page needs nothing from elsewhere, and no script.
  response.setHeader(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
  );
  response.type('html');
  response.send(
    startPage({ baseUrl: baseUrl(request, context), query: given?.value ?? exampleQuery }),
  );
}

function getCapabilities(request: Request, response: Response, context: HttpContext): void {
  const { outputLimit, jobLimits, bodyLimits } = context;
  const { catalog, since } = context.tables();
  const document = capabilitiesDocument({
    baseUrl: baseUrl(request, context),
    outputLimit,
    ...jobLimits,
    uploadBytes: bodyLimits.fileBytes,
    catalog,
  });
  sendXml(response, document, since);
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
  const notes = ['ready', loadInWords(context.load())];
  sendXml(response, availabilityDocument(problems.flat(), context.startedAt, notes), null);
}

function loadInWords({ running, parked, waiting }: ReturnType<HttpContext['load']>): string {
  return (
    `queries: ${String(running)} running, ${String(waiting)} waiting for a connection, ` +
    `${String(parked)} taken slowly by their clients`
  );
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
  const { tableSet, since } = context.tables();
  const document = tablesDocument(tableSet, {
    withColumns: !isMinimal && parameter('only_tables') !== 'true',
    only: parameter('tables')?.split(',') ?? null,
    forTapPlus: request.headers['user-agent'] === undefined,
  });
  response.vary('User-Agent');
  sendXml(response, document, since);
}

function getTable(request: Request, response: Response, context: HttpContext): void {
  const tableName = pathParameter(request, 'name').replace(/\/$/, '');
  const { tableSet, since } = context.tables();
  const document = tableDocument(tableSet, tableName);
  if (document === null) {
    throw new ServiceError('not-found', `There is no table ${tableName} here. /tables lists all.`);
  }
  sendXml(response, document, since);
}
