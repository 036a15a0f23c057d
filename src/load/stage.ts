import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { identifier, join, sql, type Sql } from '../../adql/index.ts';
import type { Session } from '../database/database.ts';
import type { Collection } from './collection.ts';
import { lookupTableName, partColumn } from './compile-rule.ts';
import type { LookupTable } from './lookup-table.ts';
import { copyRows, emptyTally, type ManifestTally } from './manifest.ts';
import { readLines } from './manifest-lines.ts';
import { unzip } from './unzip.ts';

/** Told now and then how far the reading is. */
export type OnRead = (tally: ManifestTally) => void;

/**
 * Copies what a manifest lists of the collection into the temporary table `staged`, and the look-up
 * tables beside it. Streams: memory does not grow with the manifest.
 */
export async function stageManifest(
  session: Session,
  { manifest, collection }: { readonly manifest: Readable; readonly collection: Collection },
  onRead: OnRead,
): Promise<ManifestTally> {
  for (const table of collection.lookups) await stageLookup(session, table);
  const parts = collection.keys.parts.map((part) => identifier(partColumn(part)));
  await session.execute(sql`CREATE TEMPORARY TABLE staged
    (line bigint, size bigint, key text, ${textColumns(parts)}) ON COMMIT DROP`);
  const tally = emptyTally();
  async function* rows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
    for await (const lines of readLines(unzip(chunks))) {
      const copied = copyRows(lines, collection.keys, tally);
      onRead(tally);
      if (copied !== '') yield copied;
    }
  }
  await pipeline(manifest, rows, session.copyFrom(sql`COPY staged FROM STDIN`));
  await session.execute(sql`ANALYZE staged`);
  return tally;
}

async function stageLookup(session: Session, table: LookupTable): Promise<void> {
  const name = identifier(lookupTableName(table.name));
  await session.execute(
    sql`CREATE TEMPORARY TABLE ${name} (${textColumns(table.columns.map(identifier))}) ON COMMIT DROP`,
  );
  const rows = table.rows.map((row) => `${row.map(copyCell).join('\t')}\n`);
  await pipeline([rows.join('')], session.copyFrom(sql`COPY ${name} FROM STDIN`));
  await session.execute(sql`ANALYZE ${name}`);
}

/** An empty cell is no value: NULL. */
function copyCell(cell: string): string {
  if (cell === '') return '\\N';
  return cell.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character);
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

function textColumns(names: readonly Sql[]): Sql {
  return join(
    names.map((name) => sql`${name} text`),
    sql`, `,
  );
}
