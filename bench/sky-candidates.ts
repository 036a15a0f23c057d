import { type SqlStatement, translate } from '../adql/index.ts';
import { createPool, readerSettings } from '../src/database/pools.ts';
import { createRowReader } from '../src/database/row-reader.ts';
import type { ReadRows } from '../src/row-batch.ts';
import { readValues } from '../test/adql/read-values.ts';
import type { Position } from '../test/sky/reference.ts';
import type { SkyCatalogue } from './sky-catalogue.ts';
import type { Peer, Question } from './sky-questions.ts';

/** Who answers: cloudtap; the fetch of the same rows by their key, than which nothing is faster; others. */
export type Candidate = 'cloudtap' | 'floor' | Peer;

/** A statement and the way on which it is read. */
export interface Asked {
  readonly statement: SqlStatement;
  readonly readRows: ReadRows;
}

export type Candidates = ReadonlyMap<Candidate, (columns: string) => Asked>;

export interface SkyReaders {
  /** As the service reads, on one connection. */
  readonly own: ReadRows;
  /** The same reader and role with the extensions' functions in its search path. */
  readonly peers: ReadRows;
  readonly end: () => Promise<void>;
}

export function openReaders({ connection }: SkyCatalogue): SkyReaders {
  const login = { ...connection, user: 'cloudtap_reader' };
  const settings = readerSettings(3600);
  const [own, peers] = [settings, { ...settings, search_path: 'peer' }].map((one) =>
    openReader(login, one),
  );
  if (own === undefined || peers === undefined) throw new RangeError('two readers');
  return {
    own: own.readRows,
    peers: peers.readRows,
    end: async () => {
      await Promise.all([own.end(), peers.end()]);
    },
  };
}

interface SkyReader {
  readonly readRows: ReadRows;
  readonly end: () => Promise<void>;
}

function openReader(login: Login, settings: Readonly<Record<string, string>>): SkyReader {
  const open = (): ReturnType<typeof createPool> =>
    createPool({ login, size: 1, settings, log: () => undefined });
  const [readerPool, cancelPool] = [open(), open()];
  return {
    readRows: createRowReader({ readerPool, cancelPool, maxWaiting: 1 }),
    end: async () => {
      await Promise.all([readerPool.end(), cancelPool.end()]);
    },
  };
}

type Login = Parameters<typeof createPool>[0]['login'];

const rowLimit = 10_000_000;

/** Everyone who can answer the question at a place; the floor needs cloudtap's answer. */
export async function candidatesFor(
  question: Question,
  at: Position,
  { catalogue, readers, hasPeers }: Context,
): Promise<Candidates> {
  const own = (columns: string): Asked => {
    const adql = question.adql(at, columns);
    const { statement } = translate(adql, {
      catalog: catalogue.catalog,
      language: 'ADQL-2.1',
      rowLimit,
    });
    return { statement, readRows: readers.own };
  };
  const keys = await valuesOf(own(keyColumn(question, catalogue)));
  const floor = (columns: string): Asked => ({
    statement: byKey({ question, catalogue, keys, columns }),
    readRows: readers.own,
  });
  const peers = hasPeers ? Object.entries(question.peers) : [];
  return new Map<Candidate, (columns: string) => Asked>([
    ['cloudtap', own],
    ['floor', floor],
    ...peers.map(([name, statementOf]): [Candidate, (columns: string) => Asked] => [
      name as Peer,
      (columns) => ({ statement: statementOf(at, columns), readRows: readers.peers }),
    ]),
  ]);
}

export interface Context {
  readonly catalogue: SkyCatalogue;
  readonly readers: SkyReaders;
  readonly hasPeers: boolean;
}

/** All images of one TESS footprint come together, so that their key is the footprint. */
function keyColumn({ kind }: Question, { content }: SkyCatalogue): string {
  return content === 'tess' && kind !== 'match' ? 'o.s_region' : 'o.obs_publisher_did';
}

interface Fetch {
  readonly question: Question;
  readonly catalogue: SkyCatalogue;
  readonly keys: readonly string[];
  readonly columns: string;
}

function byKey({ question, catalogue, keys, columns }: Fetch): SqlStatement {
  const isByFootprint = keyColumn(question, catalogue) === 'o.s_region';
  const members = [...new Set(keys)].map((key) => `"${key}"`);
  const number = question.kind === 'match' ? '1 AS id, ' : '';
  return {
    text: isByFootprint
      ? `SELECT ${columns} FROM ivoa.obscore AS o WHERE sky.region_id(o.s_region) = ANY (ARRAY(SELECT sky.region_id(r) FROM unnest($1) AS r))`
      : `SELECT ${number}${columns} FROM ivoa.obscore AS o WHERE o.obs_publisher_did = ANY ($1)`,
    values: [`{${members.join(',')}}`],
    types: ['text[]'],
  };
}

/** The last column of each row. */
export async function valuesOf(asked: Asked): Promise<readonly string[]> {
  const rows = await rowsOf(asked);
  return rows.map((row) => row.at(-1) ?? '');
}

async function rowsOf({
  statement,
  readRows,
}: Asked): Promise<readonly (readonly (string | null)[])[]> {
  const patient: ReadRows = (asked, options) =>
    readRows(asked, { ...options, executionDuration: 600 });
  const uses = { tables: [], functions: [] };
  return readValues({ statement, columns: [], warnings: [], uses }, { readRows: patient });
}

/** Reads the answer and drops it. @returns how many rows there were */
export async function countRows({ statement, readRows }: Asked): Promise<number> {
  let count = 0;
  const options = { wireFormats: [], signal: new AbortController().signal, executionDuration: 600 };
  for await (const { rowCount } of readRows(statement, options)) count += rowCount;
  return count;
}
