import type { OutputColumn, SqlType } from '../../adql/index.ts';
import type { ResultEncoder, ResultHead } from '../../src/format/result-format.ts';
import type { RowBatch } from '../../src/row-batch.ts';

/** A column with the metadata that matters to a test; all else is absent. */
export function column(
  name: string,
  sqlType: SqlType,
  metadata: Partial<OutputColumn> = {},
): OutputColumn {
  const nothing = { arraysize: null, xtype: null, unit: null, ucd: null, utype: null };
  return { name, sqlType, datatype: 'char', description: null, ...nothing, ...metadata };
}

/** Rows as PostgreSQL sends them: DataRow messages with text values; null is NULL. */
export function batchOf(rows: readonly (readonly (string | null)[])[], isLast = true): RowBatch {
  return { bytes: Buffer.concat(rows.map(dataRow)), rowCount: rows.length, isLast };
}

function dataRow(cells: readonly (string | null)[]): Buffer {
  const values = cells.map((cell) => {
    const value = Buffer.from(cell ?? '');
    const length = Buffer.alloc(4);
    length.writeInt32BE(cell === null ? -1 : value.length);
    return Buffer.concat([length, value]);
  });
  const body = Buffer.concat(values);
  const header = Buffer.alloc(7);
  header.write('D', 0, 'latin1');
  header.writeInt32BE(body.length + 6, 1);
  header.writeInt16BE(cells.length, 5);
  return Buffer.concat([header, body]);
}

export function headOf(columns: readonly OutputColumn[], query = 'SELECT 1'): ResultHead {
  return { columns, query, warnings: [], requestDate: '2026-01-02T03:04:05.678' };
}

/** The whole document of one batch. */
export function encode(
  createEncoder: (head: ResultHead) => ResultEncoder,
  head: ResultHead,
  batch: RowBatch,
): string {
  const encoder = createEncoder(head);
  const parts = [encoder.head(), Buffer.from(encoder.rows(batch, batch.rowCount))];
  return Buffer.concat([...parts, encoder.foot({ status: 'OK' }) ?? Buffer.alloc(0)]).toString();
}
