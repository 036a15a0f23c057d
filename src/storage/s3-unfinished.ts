import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import type { StoredObject } from './result-store.ts';
import type { Place } from './s3-place.ts';

/** Between the key of an upload that was never completed and its id: no key of ours has it. */
export const unfinishedSeparator = '!';

/** What crashes left: paid for, though no object is seen. The first 1000, the rest next time. */
export async function listUnfinished(place: Place): Promise<readonly StoredObject[]> {
  const { client, bucket, prefix } = place;
  const found = await client.send(
    new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix }),
  );
  return (found.Uploads ?? []).flatMap(({ Key, UploadId, Initiated }) =>
    Key === undefined || UploadId === undefined || Initiated === undefined
      ? []
      : [{ key: Key.slice(prefix.length) + unfinishedSeparator + UploadId, modified: Initiated }],
  );
}
