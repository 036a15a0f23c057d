import { shortened } from '../../service-error.ts';
import { badUpload, uploadTooLarge } from '../upload-failure.ts';

/** A cell as it stands: nothing between two separators is null, `""` is the empty text. */
export type DelimitedCell = string | null;

export interface Dialect {
  readonly separator: ',' | '\t';
  /** RFC 4180; TSV has no quoting (IANA text/tab-separated-values). */
  readonly hasQuotes: boolean;
}

/** Text in pieces into records: a line each, or several where quotes hold a line break. */
export class RecordSplitter {
  readonly #dialect: Dialect;
  readonly #longestRecord: number;
  /** A record whose end has not come yet; searched already. */
  #begun = '';
  #isQuoted = false;

  /** @param longestRecord characters */
  constructor(dialect: Dialect, longestRecord: number) {
    this.#dialect = dialect;
    this.#longestRecord = longestRecord;
  }

  *push(piece: string): Generator<readonly DelimitedCell[]> {
    let begin = 0;
    let quote = this.#nextQuote(piece, 0);
    for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', end + 1)) {
      // A line break is inside quotes when the quotes before it are odd in number.
      for (; quote < end; quote = this.#nextQuote(piece, quote + 1))
        this.#isQuoted = !this.#isQuoted;
      if (this.#isQuoted) continue;
      yield this.#cells(this.#begun + piece.slice(begin, end));
      this.#begun = '';
      begin = end + 1;
    }
    for (; quote < piece.length; quote = this.#nextQuote(piece, quote + 1)) {
      this.#isQuoted = !this.#isQuoted;
    }
    this.#begun += piece.slice(begin);
    if (this.#begun.length > this.#longestRecord) throw this.#tooLong();
  }

  /** The last line, which need not end. */
  *end(): Generator<readonly DelimitedCell[]> {
    if (this.#isQuoted) throw badUpload(`a quote is never closed: ${shortened(this.#begun)}`);
    if (this.#begun !== '') yield this.#cells(this.#begun);
  }

  /** Infinity behind the last. */
  #nextQuote(piece: string, from: number): number {
    const quote = this.#dialect.hasQuotes ? piece.indexOf('"', from) : -1;
    return quote === -1 ? Infinity : quote;
  }

  #cells(line: string): readonly DelimitedCell[] {
    const { separator, hasQuotes } = this.#dialect;
    const record = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (hasQuotes && record.includes('"')) return quotedCells(record, separator);
    return record.split(separator).map((cell) => (cell === '' ? null : cell));
  }

  #tooLong(): unknown {
    const length = String(this.#longestRecord);
    return uploadTooLarge(
      this.#isQuoted
        ? `a quote is not closed within ${length} characters.`
        : `a line has more than ${length} characters, the most that this service takes.`,
    );
  }
}

/** By searching, and not by a regular expression: its stack ends within a cell of megabytes. */
function quotedCells(record: string, separator: string): readonly DelimitedCell[] {
  const cells: DelimitedCell[] = [];
  for (let begin = 0; begin <= record.length;) {
    const isQuoted = record[begin] === '"';
    const end = isQuoted
      ? closingQuote(record, begin) + 1
      : indexOrEnd(record.indexOf(separator, begin), record);
    const cell = isQuoted
      ? record.slice(begin + 1, end - 1).replaceAll('""', '"')
      : record.slice(begin, end);
    const isWhole = end === record.length || record[end] === separator;
    if (!isWhole || (!isQuoted && cell.includes('"'))) throw strayQuote(record);
    cells.push(isQuoted || cell !== '' ? cell : null);
    begin = end + 1;
  }
  return cells;
}

/** Of the cell whose opening quote stands at `begin`; two quotes in it are one that belongs to its text. */
function closingQuote(record: string, begin: number): number {
  let quote = record.indexOf('"', begin + 1);
  while (quote !== -1 && record[quote + 1] === '"') quote = record.indexOf('"', quote + 2);
  return indexOrEnd(quote, record);
}

function indexOrEnd(index: number, { length }: string): number {
  return index === -1 ? length : index;
}

function strayQuote(record: string): unknown {
  return badUpload(
    `a quote stands inside a cell: ${shortened(record)}; put the whole cell in quotes and ` +
      'write the quotes in it twice.',
  );
}
