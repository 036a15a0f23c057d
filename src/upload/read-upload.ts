import { readDelimited } from './delimited/read-delimited.ts';
import { readFits } from './fits/read-fits.ts';
import type { IncomingTable } from './incoming-table.ts';
import { type ByteBudget, openBody } from './open-body.ts';
import { sniffFormat } from './sniff-format.ts';
import { readParquet } from './parquet/read-parquet.ts';
import type { SpoolFiles } from './spool.ts';
import type { UploadLimits } from './upload-limits.ts';
import { readVotable } from './votable/read-votable.ts';

/** Bytes on their way in, read as they are asked for. */
export interface UploadStream {
  readonly bytes: AsyncIterable<Buffer>;
  /** The Content-Type that came with them, which may be wrong. */
  readonly mediaType: string | null;
  readonly budget: ByteBudget;
  /** For formats that cannot be read as they come. */
  readonly files: SpoolFiles;
}

/**
 * Bytes -> unpacked bytes -> format -> typed rows.
 * @throws ServiceError that says what is wrong with the table
 */
export async function readUpload(
  { bytes, mediaType, budget, files }: UploadStream,
  limits: UploadLimits,
): Promise<IncomingTable> {
  const body = await openBody(bytes, budget);
  const format = sniffFormat({ head: body.head, mediaType });
  switch (format) {
    case 'votable':
      return readVotable(body, limits);
    case 'fits':
      return readFits(body, { limits, files });
    case 'parquet':
      return readParquet(body, { limits, files });
    case 'csv':
    case 'tsv':
      return readDelimited({ format, body }, limits);
  }
}
