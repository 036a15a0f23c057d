import { LoadError } from './load-error.ts';
import { type CsvTable, readCsv } from './read-csv.ts';

/** Facts that keys do not tell, one row for each combination of the parts in `by`. */
export interface LookupTable extends CsvTable {
  readonly name: string;
  readonly file: string;
  readonly by: readonly string[];
}

export interface LookupSource {
  readonly name: string;
  readonly file: string;
  /** Columns of the file that are parts of the key, spelled there as in the key (`0012`). */
  readonly by: readonly string[];
  readonly parts: readonly string[];
}

export async function readLookupTable({
  name,
  file,
  by,
  parts,
}: LookupSource): Promise<LookupTable> {
  const table = await readCsv(file);
  for (const column of by) {
    if (!parts.includes(column)) {
      throw new LoadError(
        `lookups.${name}.by: the key pattern has no part "${column}"; it has ${parts.join(', ')}.`,
      );
    }
    if (!table.columns.includes(column)) {
      throw new LoadError(`${file}: the header has no column "${column}".`);
    }
  }
  refuseRepeatedRows(table, by, file);
  return { ...table, name, file, by };
}

/** Two rows for one combination would make two products of one object. */
function refuseRepeatedRows(table: CsvTable, by: readonly string[], file: string): void {
  const places = by.map((column) => table.columns.indexOf(column));
  const seen = new Set<string>();
  for (const row of table.rows) {
    const combination = places.map((place) => row[place] ?? '').join(', ');
    if (seen.has(combination)) {
      throw new LoadError(`${file}: two rows for ${by.join(', ')} = ${combination}.`);
    }
    seen.add(combination);
  }
}
