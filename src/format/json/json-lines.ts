import { ByteOutput, fixedBytes } from '../byte-output.ts';
import type { ResultEncoder, ResultHead } from '../result-format.ts';
import { uniqueNames } from '../unique-names.ts';
import { jsonWriter } from './json-cell.ts';
import { writeJsonRows, type JsonRowLayout } from './json-rows.ts';

/** One JSON object a line, a line a row (ndjson.org): values as in JSON, no metadata. */
export function createJsonLinesEncoder(head: ResultHead): ResultEncoder {
  const output = new ByteOutput();
  const names = uniqueNames(head.columns);
  const layout: JsonRowLayout = {
    columns: head.columns.map((column, index) => ({
      before: fixedBytes(Buffer.from(`${index === 0 ? '{' : ','}${JSON.stringify(names[index])}:`)),
      write: jsonWriter(column),
    })),
    rowEnd: fixedBytes(Buffer.from('}\n')),
  };
  return {
    wireFormats: head.columns.map(() => 'text'),
    head: () => Buffer.alloc(0),
    rows: ({ bytes }, rowCount) => {
      writeJsonRows({ bytes, rowCount }, layout, output);
      return output.take();
    },
    // An overflow has no form here; a failure must not pass for a whole answer.
    foot: (outcome) => (outcome.status === 'ERROR' ? null : Buffer.alloc(0)),
  };
}
