import { readFile } from 'node:fs/promises';
import { LoadError } from './load-error.ts';

/** A small table in memory: every row has as many cells as there are columns. */
export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/** Reads a small CSV file with a header line (RFC 4180). */
export async function readCsv(file: string): Promise<CsvTable> {
  const [columns = [], ...rows] = parseCsv(await readText(file), file);
  const uneven = rows.findIndex((row) => row.length !== columns.length);
  if (uneven >= 0) {
    throw new LoadError(
      `${file}, row ${String(uneven + 1)} below the header: ` +
        `${String(rows[uneven]?.length)} cells, but the header has ${String(columns.length)}.`,
    );
  }
  return { columns, rows };
}

function parseCsv(text: string, file: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  cell.lastIndex = 0;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null) throw new LoadError(`${file}: no CSV at character ${String(at + 1)}.`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new LoadError(`${file} cannot be read.`, { cause });
  }
}
