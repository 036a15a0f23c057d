import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { openNamelessFile } from '../nameless-file.ts';
import type { ResultEncoder } from '../format/result-format.ts';
import type { RowBatch } from '../row-batch.ts';
import { ServiceError } from '../service-error.ts';
import { sparingDisk } from '../spare-disk.ts';

interface Survey {
  readonly survey: NonNullable<ResultEncoder['survey']>;
  readonly maxRecords: number;
}

/** Rows that lie in the file. */
interface Piece {
  readonly byteCount: number;
  readonly rowCount: number;
}

/** Bytes that are written together: PostgreSQL's batches, 8 kB often, cost a write and a read each. */
const pieceBytes = 128 * 1024;

/**
 * The same rows, but every batch has been surveyed before the first is given out. Meanwhile they lie
 * in a file that has no name any more: the system removes it with this process, however it ends.
 */
export async function* surveyedRows(
  rows: AsyncIterable<RowBatch>,
  { survey, maxRecords }: Survey,
): AsyncGenerator<RowBatch, void> {
  const file = await openNamelessFile(tmpdir()).catch((error: unknown) => {
    throw storageFull(error);
  });
  try {
    const pieces = new PieceWriter(file);
    let rowsLeft = maxRecords;
    for await (const batch of rows) {
      const surveyed = Math.min(batch.rowCount, rowsLeft);
      survey(batch, surveyed);
      await pieces.add(batch);
      rowsLeft -= surveyed;
    }
    yield* readPieces(file, await pieces.end());
  } finally {
    await file.close();
  }
}

class PieceWriter {
  readonly #file: FileHandle;
  readonly #spare = sparingDisk(tmpdir());
  readonly #written: Piece[] = [];
  #batches: Buffer[] = [];
  #byteCount = 0;
  #rowCount = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async add({ bytes, rowCount }: RowBatch): Promise<void> {
    // A copy, since the next batch may be read meanwhile (RowSpool).
    this.#batches.push(Buffer.from(bytes));
    this.#byteCount += bytes.length;
    this.#rowCount += rowCount;
    if (this.#byteCount >= pieceBytes) await this.#write();
  }

  async end(): Promise<readonly Piece[]> {
    if (this.#rowCount > 0) await this.#write();
    return this.#written;
  }

  async #write(): Promise<void> {
    const bytes = Buffer.concat(this.#batches);
    await this.#spare(bytes.length)
      .then(() => this.#file.writeFile(bytes))
      .catch((error: unknown) => {
        throw storageFull(error);
      });
    this.#written.push({ byteCount: this.#byteCount, rowCount: this.#rowCount });
    this.#batches = [];
    this.#byteCount = 0;
    this.#rowCount = 0;
  }
}

async function* readPieces(
  file: FileHandle,
  pieces: readonly Piece[],
): AsyncGenerator<RowBatch, void> {
  let position = 0;
  for (const [index, { byteCount, rowCount }] of pieces.entries()) {
    const bytes = Buffer.allocUnsafe(byteCount);
    await file.read(bytes, 0, byteCount, position);
    position += byteCount;
    yield { bytes, rowCount, isLast: index === pieces.length - 1 };
  }
}

function storageFull(cause: unknown): ServiceError {
  return new ServiceError(
    'storage-full',
    'The service has no room to put this answer together. Ask for a format that needs none, such as votable or csv.',
    { cause },
  );
}
