import type { SpoolFile } from '../spool.ts';
import { badUpload, uploadTooLarge } from '../upload-failure.ts';
import { DamagedPage } from './damaged-page.ts';
import { decompress, unreadCodec } from './decompress.ts';
import type { ColumnChunk } from './file-metadata.ts';
import type { LeafColumn } from './leaf-column.ts';
import {
  type Dictionary,
  type NextValue,
  pageValues,
  readDictionary,
  type ValueShape,
} from './page-values.ts';
import { bitsFor, RunLengths } from './run-lengths.ts';
import { integerOf, structOf, ThriftError, ThriftReader, ThriftStruct } from './thrift.ts';

/** A data page that is being read. */
export interface Page {
  /** Values, nulls and empty lists included. */
  readonly count: number;
  /** Null where all would be 0, or all the highest. */
  readonly repetition: RunLengths | null;
  readonly definition: RunLengths | null;
  readonly next: NextValue;
}

/** Bytes of pages that the columns of a file may hold at the same time. */
export class PageMemory {
  #left = 128 * 1024 * 1024;

  /** @throws ServiceError when there is no room for another `bytes` */
  take(bytes: number): void {
    this.#left -= bytes;
    if (this.#left >= 0) return;
    throw uploadTooLarge(
      'its pages are too large to be read side by side; write it with smaller pages, or fewer columns.',
    );
  }

  give(bytes: number): void {
    this.#left += bytes;
  }
}

const headerBytes = 4096;
/** Headers hold the least and the greatest value of the page, which may be long texts. */
const mostHeaderBytes = 1024 * 1024;
const headerAllowance = 1000;

/** PageType, as Parquet numbers it. */
const pageTypes = { data: 0, dictionary: 2, dataV2: 3 } as const;

const nothing = new ThriftStruct();

interface PageHeader {
  readonly struct: ThriftStruct;
  readonly compressed: number;
  readonly uncompressed: number;
}

/** The pages of one column in one row group, one at a time. */
export class ColumnPages {
  readonly #file: SpoolFile;
  readonly #column: LeafColumn;
  readonly #chunk: ColumnChunk;
  readonly #memory: PageMemory;
  readonly #shape: ValueShape;
  #at: number;
  #valuesLeft: number;
  #dictionary: Dictionary | null = null;
  #dictionaryBytes = 0;
  #pageBytes = 0;

  constructor(file: SpoolFile, { column, chunk, memory }: ColumnPagesOptions) {
    const codec = unreadCodec(chunk.codec);
    if (codec !== null) {
      throw badUpload(
        `it is compressed by ${codec}, which is not read here; ` +
          'write it with snappy, gzip, brotli, LZ4_RAW or uncompressed.',
      );
    }
    this.#file = file;
    this.#column = column;
    this.#chunk = chunk;
    this.#memory = memory;
    this.#shape = { type: column.type, typeLength: column.leaf.typeLength };
    this.#at = chunk.start;
    this.#valuesLeft = chunk.valueCount;
  }

  /**
   * The next data page, which ends the one before; null when all values have been.
   * @throws DamagedPage
   */
  async next(): Promise<Page | null> {
    this.#free();
    while (this.#valuesLeft > 0) {
      const header = await this.#header();
      const bytes = await this.#file.read(this.#at, header.compressed);
      if (bytes.length < header.compressed) throw new DamagedPage();
      this.#at += header.compressed;
      const page = this.#read(header, bytes);
      if (page !== null) return page;
    }
    this.#memory.give(this.#dictionaryBytes);
    this.#dictionaryBytes = 0;
    this.#dictionary = null;
    return null;
  }

  #free(): void {
    this.#memory.give(this.#pageBytes);
    this.#pageBytes = 0;
  }

  async #header(): Promise<PageHeader> {
    for (let size = headerBytes; ; size *= 16) {
      const most = Math.min(size, this.#chunk.end - this.#at);
      const bytes = await this.#file.read(this.#at, most);
      const reader = new ThriftReader(bytes, 0, headerAllowance);
      const struct = readStruct(reader, most === size && size <= mostHeaderBytes);
      if (struct === null) continue;
      this.#at += reader.at;
      const compressed = integerOf(struct, 3) ?? -1;
      const uncompressed = integerOf(struct, 2) ?? -1;
      const isInside = compressed >= 0 && this.#at + compressed <= this.#chunk.end;
      if (!isInside || uncompressed < 0) throw new DamagedPage();
      return { struct, compressed, uncompressed };
    }
  }

  /** Null for pages without data. */
  #read(header: PageHeader, bytes: Buffer): Page | null {
    switch (integerOf(header.struct, 1) ?? -1) {
      case pageTypes.data:
        return this.#readDataPage(header, bytes);
      case pageTypes.dataV2:
        return this.#readDataPageV2(header, bytes);
      case pageTypes.dictionary:
        this.#readDictionaryPage(header, bytes);
        return null;
      default:
        return null;
    }
  }

  #readDictionaryPage({ struct, uncompressed }: PageHeader, bytes: Buffer): void {
    const count = integerOf(structOf(struct, 7) ?? nothing, 1) ?? -1;
    if (this.#dictionary !== null || count < 0) throw new DamagedPage();
    this.#memory.take(uncompressed * 2);
    this.#dictionaryBytes = uncompressed * 2;
    const page = decompress(this.#chunk.codec, bytes, uncompressed);
    this.#dictionary = readDictionary(page, count, this.#shape);
  }

  #readDataPage({ struct, uncompressed }: PageHeader, bytes: Buffer): Page {
    const facts = structOf(struct, 5) ?? nothing;
    this.#begin(uncompressed);
    const page = decompress(this.#chunk.codec, bytes, uncompressed);
    const { definition, repetition } = this.#column.levels;
    let at = 0;
    const levels = (most: number, encoding: number | null): RunLengths | null => {
      if (most === 0) return null;
      if (encoding !== 3 || at + 4 > page.length) throw new DamagedPage();
      const start = at + 4;
      at = start + page.readUInt32LE(at);
      return new RunLengths(page, { start, end: at }, bitsFor(most));
    };
    const repetitions = levels(repetition, integerOf(facts, 4));
    const definitions = levels(definition, integerOf(facts, 3));
    return this.#page(page, at, {
      count: integerOf(facts, 1),
      encoding: integerOf(facts, 2),
      repetition: repetitions,
      definition: definitions,
    });
  }

  /** Version 2: the levels stand before the values, never compressed. */
  #readDataPageV2({ struct, uncompressed }: PageHeader, bytes: Buffer): Page {
    const facts = structOf(struct, 8) ?? nothing;
    this.#begin(uncompressed);
    const repetitionEnd = integerOf(facts, 6) ?? 0;
    const definitionEnd = repetitionEnd + (integerOf(facts, 5) ?? 0);
    if (repetitionEnd < 0 || definitionEnd > Math.min(bytes.length, uncompressed)) {
      throw new DamagedPage();
    }
    const isCompressed = facts.get(7) !== false;
    const values = decompress(
      isCompressed ? this.#chunk.codec : 0,
      bytes.subarray(definitionEnd),
      uncompressed - definitionEnd,
    );
    const { definition, repetition } = this.#column.levels;
    const levels = (most: number, start: number, end: number): RunLengths | null =>
      most === 0 ? null : new RunLengths(bytes, { start, end }, bitsFor(most));
    return this.#page(values, 0, {
      count: integerOf(facts, 1),
      encoding: integerOf(facts, 4),
      repetition: levels(repetition, 0, repetitionEnd),
      definition: levels(definition, repetitionEnd, definitionEnd),
    });
  }

  #begin(bytes: number): void {
    this.#memory.take(bytes);
    this.#pageBytes = bytes;
  }

  #page(source: Buffer, start: number, facts: PageFacts): Page {
    const { count, encoding, repetition, definition } = facts;
    if (count === null || count < 0 || count > this.#valuesLeft) throw new DamagedPage();
    this.#valuesLeft -= count;
    const next = pageValues(
      source,
      { start, end: source.length },
      { encoding: encoding ?? -1, shape: this.#shape, dictionary: this.#dictionary },
    );
    return { count, repetition, definition, next };
  }
}

export interface ColumnPagesOptions {
  readonly column: LeafColumn;
  readonly chunk: ColumnChunk;
  readonly memory: PageMemory;
}

interface PageFacts extends Omit<Page, 'count' | 'next'> {
  readonly count: number | null;
  readonly encoding: number | null;
}

/** Null when more of it must be read first. */
function readStruct(reader: ThriftReader, isMoreThere: boolean): ThriftStruct | null {
  try {
    return reader.struct();
  } catch (error) {
    if (!(error instanceof ThriftError)) throw error;
    if (error.kind === 'cut-off' && isMoreThere) return null;
    throw new DamagedPage('header', { cause: error });
  }
}
