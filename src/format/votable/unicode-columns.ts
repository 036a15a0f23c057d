import type { ResultHead } from '../result-format.ts';
import type { RowBatch } from '../../row-batch.ts';
import { isPlainText } from './binary-column.ts';
import { columnsBeyondAscii } from './binary-rows.ts';

type Columns = ResultHead['columns'];
type Rows = Pick<RowBatch, 'bytes' | 'rowCount'>;

/** Which columns were ever seen to go beyond ASCII, as long as their (cached) translations are. */
const seen = new WeakMap<Columns, readonly boolean[]>();

/** The same for columns that TAP_SCHEMA describes, by their descriptions: in whatever query they come. */
const seenDescriptions = new Set<string>();

/** Uploaded tables have descriptions too: no end to them. */
const mostDescriptions = 10_000;

/** Of each column whether it has to be `unicodeChar`, as far as anybody knows. */
export function unicodeColumns(columns: Columns): readonly boolean[] {
  const known = seen.get(columns);
  return columns.map(({ description }, index) => {
    return known?.[index] === true || seenDescriptions.has(description ?? '');
  });
}

/** Remembers what these rows tell of their columns. */
export function learnUnicode(columns: Columns, rows: Rows): void {
  const news = columnsBeyondAscii(rows, columns.map(isPlainText));
  if (!news.includes(true)) return;
  const known = seen.get(columns);
  seen.set(
    columns,
    news.map((isBeyond, index) => isBeyond || known?.[index] === true),
  );
  if (seenDescriptions.size > mostDescriptions) seenDescriptions.clear();
  columns.forEach(({ description }, index) => {
    if (news[index] === true && description) seenDescriptions.add(description);
  });
}
