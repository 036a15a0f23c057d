import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Download } from './result-store.ts';
import { objectOf, type Place, s3 } from './s3-place.ts';

/** Seconds: a download must begin in that time, it may last longer. */
const validity = 900;

/** A URL that lets whoever has it read one object, for `validity` seconds. */
export function presign({ client, ...place }: Place, download: Download): Promise<string> {
  const command = new GetObjectCommand({
    ...objectOf(place, download.key),
    ResponseContentType: download.mediaType,
    ResponseContentDisposition: download.disposition,
  });
  return s3(() => getSignedUrl(client, command, { expiresIn: validity }));
}
