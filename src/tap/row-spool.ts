import type { FileHandle } from 'node:fs/promises';
import type { RowBatch } from '../row-batch.ts';
import { openNamelessFile } from '../nameless-file.ts';

/** One answer may take this part of the whole space. */
const partOfAnswer = 1 / 32;

/** The disk that all spools of the service have together. */
export class SpoolSpace {
  readonly folder: string;
  readonly #bytes: number;
  #used = 0;

  /** @param bytes 0: nothing is ever spooled */
  constructor(folder: string, bytes: number) {
    this.folder = folder;
    this.#bytes = bytes;
  }

  /** Bytes. */
  get used(): number {
    return this.#used;
  }

  /** Whether an answer that has `spooled` bytes here may add to them. */
  hasRoom(spooled: number): boolean {
    return this.#used < this.#bytes && spooled < this.#bytes * partOfAnswer;
  }

  /** Negative bytes come free. */
  take(bytes: number): void {
    this.#used += bytes;
  }
}

/** A batch that lies in the file. */
interface Kept extends Omit<RowBatch, 'bytes'> {
  readonly position: number;
  readonly byteCount: number;
}

/**
 * Rows between a database that is quick and a client that is not. They pass through until `begin`;
 * from then on they are written to disk ahead of the client, so that the database is done with them
 * early. When the room is used up, or the disk is full, the rest waits in the database as before.
 */
export class RowSpool {
  readonly #rows: AsyncIterator<RowBatch, void>;
  readonly #space: SpoolSpace;
  #file: FileHandle | null = null;
  #kept: Kept[] = [];
  /** Where the file ends. It grows, even if nothing before that is needed any more. */
  #end = 0;
  /** Bytes of the space. */
  #spooled = 0;
  #spooling: Promise<void> | null = null;
  #isAwaited = false;
  #isDiskFull = false;
  /** PostgreSQL has nothing more to give. */
  #hasEnded = false;
  /** What the spooling had in its hand when it ended: comes behind all that was kept. */
  #inHand: () => RowBatch | undefined | Promise<RowBatch | undefined>;

  constructor(rows: AsyncIterator<RowBatch, void>, space: SpoolSpace) {
    this.#rows = rows;
    this.#space = space;
    this.#inHand = this.#pull;
  }

  /**
   * Rows are spooled from now on, until `next` finds nothing on the disk.
   * @returns whether the database is done with them; false when there was no room for all
   */
  async begin(): Promise<boolean> {
    if (this.#spooling === null && this.#inHand === this.#pull) {
      this.#isAwaited = false;
      this.#spooling = this.#spool();
    }
    await this.#spooling;
    return this.#hasEnded;
  }

  /** Ends the query; behind what is on the disk already `next` throws the reason. */
  cut(reason: Error): void {
    this.#inHand = () => Promise.reject(reason);
    void this.#rows.return?.();
  }

  /** The next rows, in the order in which they came; undefined after the last. */
  async next(): Promise<RowBatch | undefined> {
    const kept = this.#kept.shift();
    if (kept !== undefined) return this.#read(kept);
    await this.#stop();
    // Written while we waited.
    const late = this.#kept.shift();
    if (late !== undefined) return this.#read(late);
    await this.#empty();
    const take = this.#inHand;
    this.#inHand = this.#pull;
    return take();
  }

  async close(): Promise<void> {
    await this.#stop();
    await this.#rows.return?.();
    this.#space.take(-this.#spooled);
    await this.#file?.close();
  }

  readonly #pull = async (): Promise<RowBatch | undefined> => {
    const { done, value } = await this.#rows.next();
    this.#hasEnded = done === true;
    return done === true ? undefined : value;
  };

  /** The reader of rows uses the bytes of a batch again, when its query is aborted also while we write. */
  async #pullCopy(): Promise<RowBatch | undefined> {
    const batch = await this.#pull();
    return batch === undefined ? undefined : { ...batch, bytes: Buffer.from(batch.bytes) };
  }

  async #spool(): Promise<void> {
    while (!this.#isAwaited && !this.#isDiskFull && this.#space.hasRoom(this.#spooled)) {
      const batch = await this.#pullCopy().catch((reason: unknown) => {
        const failure = reason as Error;
        this.#hasEnded = true;
        this.#inHand = () => Promise.reject(failure);
        return null;
      });
      if (batch === null) return;
      const isKept = batch !== undefined && (await this.#keep(batch));
      if (isKept) continue;
      this.#inHand = () => batch;
      return;
    }
  }

  /** @returns false when the disk has no room for it */
  async #keep({ bytes, rowCount, isLast }: RowBatch): Promise<boolean> {
    try {
      this.#file ??= await openNamelessFile(this.#space.folder);
      await this.#file.writeFile(bytes);
    } catch {
      this.#isDiskFull = true;
      return false;
    }
    this.#kept.push({ position: this.#end, byteCount: bytes.length, rowCount, isLast });
    this.#end += bytes.length;
    this.#spooled += bytes.length;
    this.#space.take(bytes.length);
    return true;
  }

  async #read({ position, byteCount, rowCount, isLast }: Kept): Promise<RowBatch> {
    const bytes = Buffer.allocUnsafe(byteCount);
    await this.#file?.read(bytes, 0, byteCount, position);
    return { bytes, rowCount, isLast };
  }

  async #stop(): Promise<void> {
    this.#isAwaited = true;
    await this.#spooling;
    this.#spooling = null;
  }

  /** All was read: the disk is given back. */
  async #empty(): Promise<void> {
    if (this.#spooled === 0) return;
    this.#space.take(-this.#spooled);
    this.#spooled = 0;
    await this.#file?.truncate();
  }
}
