import { addAbortSignal } from 'node:stream';
import type { Catalog, CatalogTable } from '../../adql/index.ts';
import type { Owner } from '../database/database.ts';
import { ServiceError } from '../service-error.ts';
import { fetchUpload, type UploadPart } from './fetch-upload.ts';
import type { ByteBudget } from './open-body.ts';
import { readUpload } from './read-upload.ts';
import type { Spool, SpoolFiles } from './spool.ts';
import { badUpload, uploadTooLarge } from './upload-failure.ts';
import type { UploadLimits } from './upload-limits.ts';
import { readUploadParameter, type UploadSource } from './upload-parameter.ts';
import type { UploadSlots } from './upload-slots.ts';
import { createUploadTable, type UploadedTable } from './upload-table.ts';

/** What a request says of uploads. */
export interface UploadRequest {
  /** All values of UPLOAD. */
  readonly values: readonly string[];
  /** The parts of the same request by field name: what `param:` means. */
  readonly parts: ReadonlyMap<string, UploadPart>;
  readonly signal: AbortSignal;
}

export interface UploadContext {
  readonly owner: Owner;
  readonly limits: UploadLimits;
  /** Where tables lie that cannot be read as they come: those from URLs, Parquet. */
  readonly spool: Spool;
  /** How many tables are filled at a time. */
  readonly slots: UploadSlots;
  /** Whether URLs of the operator's own network are fetched: no, unless all clients are trusted. */
  readonly allowPrivateAddresses: boolean;
  /** Seconds that a table stays after the last sign of life of its service (`startUploadSweeper`). */
  readonly keepFor: number;
  /** Tables of this service that are in use, by PostgreSQL's names. */
  readonly live: Set<string>;
  readonly log: (line: string) => void;
}

/** The tables of one query. */
export interface Uploads {
  readonly tables: readonly CatalogTable[];
  /** To be called when the query has ended, however it ended. Never throws. */
  readonly drop: () => Promise<void>;
}

/** Of a query that uploads nothing. */
export const noUploads: Uploads = { tables: [], drop: () => Promise.resolve() };

/**
 * UPLOAD from its text to tables that the query can name:
 * sources -> bytes -> format -> typed rows -> a table of PostgreSQL for this query alone.
 * @throws ServiceError that names the table and says what is wrong with it; nothing is left behind
 */
export async function prepareUploads(
  { values, parts, signal }: UploadRequest,
  context: UploadContext,
): Promise<Uploads> {
  const { limits } = context;
  const sources = readUploadParameter(values, limits.tables);
  if (sources.length === 0) return noUploads;
  const budget = { limit: limits.bytes, left: limits.bytes };
  const uploaded: UploadedTable[] = [];
  const drop = (): Promise<void> => dropAll(uploaded, context.log);
  const timeout = AbortSignal.timeout(limits.seconds * 1000);
  const bounded = AbortSignal.any([signal, timeout]);
  try {
    for (const source of sources) {
      uploaded.push(await prepareUpload(source, { parts, signal: bounded, budget }, context));
    }
  } catch (error) {
    await drop();
    if (signal.aborted) throw signal.reason;
    throw timeout.aborted ? tookTooLong(limits.seconds) : error;
  }
  return { tables: uploaded.map(({ table }) => table), drop };
}

/** The catalogue that this one query sees. */
export function withUploads(catalog: Catalog, { tables }: Uploads): Catalog {
  if (tables.length === 0) return catalog;
  return {
    version: [catalog.version, ...tables.map(({ sqlName }) => sqlName)].join('+'),
    tables: [...catalog.tables, ...tables],
  };
}

interface Reading {
  readonly parts: ReadonlyMap<string, UploadPart>;
  readonly signal: AbortSignal;
  readonly budget: ByteBudget;
}

/** Of one table. */
interface TableReading extends Reading {
  readonly name: string;
  readonly files: SpoolFiles;
}

async function prepareUpload(
  source: UploadSource,
  reading: Reading,
  context: UploadContext,
): Promise<UploadedTable> {
  const files = context.spool.begin();
  const tableReading = { ...reading, name: source.tableName, files };
  try {
    const part = await locate(source, tableReading, context);
    return await readPart(part, tableReading, context);
  } finally {
    await files.dispose();
  }
}

async function readPart(
  { mediaType, open }: UploadPart,
  { name, signal, budget, files }: TableReading,
  { owner, keepFor, live, slots, limits }: UploadContext,
): Promise<UploadedTable> {
  const stream = addAbortSignal(signal, open());
  try {
    const bytes = stream as AsyncIterable<Buffer>;
    // The head of a table can be large too: no more of them are in memory than tables are filled.
    return await slots.run(async () => {
      const incoming = await readUpload({ bytes, mediaType, budget, files }, limits);
      return createUploadTable(name, incoming, { owner, keepFor, live, signal });
    });
  } catch (error) {
    throw ofTable(error, name);
  } finally {
    stream.destroy();
  }
}

async function locate(
  source: UploadSource,
  { parts, signal, budget, files }: TableReading,
  { allowPrivateAddresses }: UploadContext,
): Promise<UploadPart> {
  if (source.kind === 'url') {
    return fetchUpload(source.url, { allowPrivateAddresses, maxBytes: budget.left, files, signal });
  }
  const part = parts.get(source.part);
  if (part === undefined) {
    throw badUpload(
      `UPLOAD: the request has no part "${source.part}" for the table ${source.tableName}.`,
    );
  }
  return part;
}

/** Says which table it is about. */
function ofTable(error: unknown, tableName: string): unknown {
  if (!(error instanceof ServiceError)) return error;
  if (error.kind !== 'bad-request' && error.kind !== 'too-large') return error;
  const message = `The uploaded table ${tableName} cannot be used: ${error.message}`;
  return new ServiceError(error.kind, message, { cause: error });
}

function tookTooLong(seconds: number): ServiceError {
  return uploadTooLarge(
    `UPLOAD: the tables did not arrive within ${String(seconds)} s. Send smaller ones, or from a ` +
      'faster server.',
  );
}

/** What cannot be dropped now, `sweepUploadTables` drops later. */
async function dropAll(
  uploaded: readonly UploadedTable[],
  log: (line: string) => void,
): Promise<void> {
  for (const { table, drop } of uploaded) {
    await drop().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      log(`tap_upload.${table.sqlName} could not be dropped yet: ${reason}`);
    });
  }
}
