import { readDelimited } from './delimited/read-delimited.ts';
import type { IncomingTable } from './incoming-table.ts';
import { type ByteBudget, openBody } from './open-body.ts';
import { sniffFormat } from './sniff-format.ts';
import type { UploadLimits } from './upload-limits.ts';
import { readVotable } from './votable/read-votable.ts';

/** Bytes on their way in, read as they are asked for. */
export interface UploadStream {
  readonly bytes: AsyncIterable<Buffer>;
  /** The Content-Type that came with them, which may be wrong. */
  readonly mediaType: string | null;
  readonly budget: ByteBudget;
}

/**
 * Bytes -> unpacked bytes -> format -> typed rows.
 * @throws ServiceError that says what is wrong with the table
 */
export async function readUpload(
  { bytes, mediaType, budget }: UploadStream,
  limits: UploadLimits,
): Promise<IncomingTable> {
  const body = await openBody(bytes, budget);
  const format = sniffFormat({ head: body.head, mediaType });
  if (format === 'votable') return readVotable(body, limits);
  return readDelimited({ format, body }, limits);
}
