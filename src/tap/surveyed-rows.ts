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

/** A batch that lies in the file. */
interface Kept {
  readonly byteCount: number;
  readonly rowCount: number;
}

/**
 * The same rows, but every batch has been surveyed before the first is given out. Meanwhile they lie
 * in a file that has no name any more: the system removes it with this process, however it ends.
 */
export async function* surveyedRows(
  rows: AsyncIterable<RowBatch>,
  { survey, maxRecords }: Survey,
): AsyncGenerator<RowBatch, void> {
  const spare = sparingDisk(tmpdir());
  const file = await openNamelessFile(tmpdir()).catch((error: unknown) => {
    throw storageFull(error);
  });
  try {
    const kept: Kept[] = [];
    let rowsLeft = maxRecords;
    for await (const batch of rows) {
      const surveyed = Math.min(batch.rowCount, rowsLeft);
      survey(batch, surveyed);
      // A copy, since the next batch may be read meanwhile (RowSpool).
      const bytes = Buffer.from(batch.bytes);
      await spare(bytes.length)
        .then(() => file.writeFile(bytes))
        .catch((error: unknown) => {
          throw storageFull(error);
        });
      kept.push({ byteCount: batch.bytes.length, rowCount: batch.rowCount });
      rowsLeft -= surveyed;
    }
    let position = 0;
    for (const [index, { byteCount, rowCount }] of kept.entries()) {
      const bytes = Buffer.allocUnsafe(byteCount);
      await file.read(bytes, 0, byteCount, position);
      position += byteCount;
      yield { bytes, rowCount, isLast: index === kept.length - 1 };
    }
  } finally {
    await file.close();
  }
}

function storageFull(cause: unknown): ServiceError {
  return new ServiceError(
    'storage-full',
    'The service has no room to put this answer together. Ask for a format that needs none, such as votable or csv.',
    { cause },
  );
}
