import { isAscii } from 'node:buffer';
import type { CopyRows } from '../copy-rows.ts';
import { CellError } from '../upload-failure.ts';
import type { ColumnPages, Page } from './column-pages.ts';
import { DamagedPage } from './damaged-page.ts';
import type { PageValue } from './page-values.ts';
import type { ParquetColumn } from './parquet-column.ts';

/** The cells of one column in one row group, one after the other. */
export interface ColumnReader {
  readonly column: ParquetColumn;
  /** Whether the next cell can be written; else another page must come. */
  readonly isReady: () => boolean;
  readonly loadPage: () => Promise<void>;
  readonly write: (rows: CopyRows) => void;
}

/** Hears of columns of text that hold more than ASCII. */
export type OnUnicode = (column: ParquetColumn) => void;

/** @throws DamagedPage when the pages end before the rows do */
export function valueReader(
  column: ParquetColumn,
  pages: ColumnPages,
  onUnicode: OnUnicode,
): ColumnReader {
  const { definition } = column.leaf.levels;
  let page: Page | null = null;
  let left = 0;
  let isAsciiSoFar = !column.isPlainText;
  return {
    column,
    isReady: () => left > 0,
    loadPage: async () => {
      page = await pages.next();
      if (page === null) throw new DamagedPage();
      left = page.count;
    },
    write: (rows) => {
      if (page === null) throw new DamagedPage();
      left -= 1;
      if (page.definition !== null && page.definition.next() < definition) {
        rows.null();
        return;
      }
      const value = page.next();
      if (!isAsciiSoFar && Buffer.isBuffer(value) && !isAscii(value)) {
        isAsciiSoFar = true;
        onUnicode(column);
      }
      column.write(value, rows);
    },
  };
}

/**
 * A list ends where the next begins, which may be in the next page.
 * @param cellBytes the most in one cell
 */
export function listReader(
  column: ParquetColumn,
  pages: ColumnPages,
  cellBytes: number,
): ColumnReader {
  const list = new ListGatherer(column, cellBytes);
  return {
    column,
    isReady: () => list.gather(),
    loadPage: async () => {
      list.page(await pages.next());
    },
    write: (rows) => {
      const values = list.take();
      if (values === null) rows.null();
      else column.write(values, rows);
    },
  };
}

type ListValue = (PageValue | null)[];

class ListGatherer {
  readonly #column: ParquetColumn;
  readonly #mostValues: number;
  #page: Page | null = null;
  #left = 0;
  #isOver = false;
  /** Of the list that is being gathered; undefined before its first level. */
  #values: ListValue | null | undefined = undefined;
  /** Where the list that comes next begins: its level is read already. */
  #hasNext = false;

  constructor(column: ParquetColumn, cellBytes: number) {
    this.#column = column;
    this.#mostValues = cellBytes / 4;
  }

  page(page: Page | null): void {
    if (page === null) {
      if (this.#isOver) throw new DamagedPage();
      this.#isOver = true;
    }
    this.#page = page;
    this.#left = page?.count ?? 0;
  }

  /** True when a whole list is there. */
  gather(): boolean {
    if (this.#hasNext) {
      this.#hasNext = false;
      this.#add();
    }
    while (this.#left > 0) {
      const repetition = this.#page?.repetition?.next() ?? 0;
      this.#left -= 1;
      if (repetition === 0 && this.#values !== undefined) {
        this.#hasNext = true;
        return true;
      }
      this.#add();
    }
    return this.#isOver && this.#values !== undefined;
  }

  take(): readonly (PageValue | null)[] | null {
    const values = this.#values;
    this.#values = undefined;
    if (values === undefined) throw new DamagedPage();
    return values;
  }

  /** What the next definition level says (`Levels.element`). */
  #add(): void {
    const page = this.#page;
    if (page === null) throw new DamagedPage();
    const { definition, element } = this.#column.leaf.levels;
    const level = page.definition?.next() ?? definition;
    if (level < element) this.#values ??= level === element - 1 ? [] : null;
    else this.#addElement(level === definition ? page.next() : null);
  }

  /** The page's bytes go when the next page comes, in which the list may go on. */
  #addElement(value: PageValue | null): void {
    const values = (this.#values ??= []);
    values.push(Buffer.isBuffer(value) ? Buffer.from(value) : value);
    if (values.length > this.#mostValues) {
      throw new CellError(`it has more than ${String(this.#mostValues)} elements`);
    }
  }
}
