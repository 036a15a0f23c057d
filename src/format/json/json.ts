import type { OutputColumn } from '../../../adql/index.ts';
import { ByteOutput, fixedBytes } from '../byte-output.ts';
import type { ResultEncoder, ResultHead } from '../result-format.ts';
import { jsonWriter } from './json-cell.ts';
import { writeJsonRows, type JsonRowLayout } from './json-rows.ts';

/**
 * One JSON object: `metadata`, a list with the FIELD of each column; `query`, `request_date`,
 * `warnings`; `data`, a list with a list for each row; at last `status`, which is OK, OVERFLOW or
 * ERROR, and with an error its `message`. Written row by row; a NULL is null.
 */
export function createJsonEncoder(head: ResultHead): ResultEncoder {
  const output = new ByteOutput();
  const layout: JsonRowLayout = {
    columns: head.columns.map((column, index) => ({
      before: fixedBytes(Buffer.from(index === 0 ? ',\n[' : ',')),
      write: jsonWriter(column),
    })),
    rowEnd: fixedBytes(Buffer.from(']')),
  };
  let hasRows = false;
  return {
    wireFormats: head.columns.map(() => 'text'),
    head: () => jsonHead(head),
    rows: ({ bytes }, rowCount) => {
      writeJsonRows({ bytes, rowCount }, layout, output);
      const written = output.take();
      // No comma before the first row.
      const begin = hasRows || rowCount === 0 ? 0 : 1;
      hasRows ||= rowCount > 0;
      return written.subarray(begin);
    },
    foot: (outcome) => Buffer.from(`\n],\n${JSON.stringify(outcome).slice(1)}\n`),
  };
}

function jsonHead({ columns, query, requestDate, warnings }: ResultHead): Buffer {
  const facts = { metadata: columns.map(fieldOf), query, request_date: requestDate, warnings };
  return Buffer.from(`${JSON.stringify(facts).slice(0, -1)},\n"data":[`);
}

/** A FIELD's attributes by their names in VOTable; what is unknown is left out. */
function fieldOf(column: OutputColumn): Partial<Record<string, string>> {
  const { name, datatype, arraysize, xtype, unit, ucd, utype, description } = column;
  const attributes = { name, datatype, arraysize, xtype, unit, ucd, utype, description };
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
