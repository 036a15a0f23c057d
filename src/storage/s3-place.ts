import { S3Client } from '@aws-sdk/client-s3';
import { ServiceError } from '../service-error.ts';
import { failureReason } from './failure-reason.ts';

export interface S3Settings {
  readonly bucket: string;
  /** Set before every key, with its own `/` at the end; may be empty. */
  readonly prefix: string;
  readonly region: string;
  /** Of another S3-compatible store than Amazon's; null for Amazon's. */
  readonly endpoint: string | null;
  /** Null for the SDK's usual places: environment, files, the machine's role. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
}

/** A bucket, and the way to it. */
export interface Place {
  readonly client: S3Client;
  readonly bucket: string;
  readonly prefix: string;
}

export function openPlace(settings: S3Settings): Place {
  const { bucket, prefix } = settings;
  return { client: createClient(settings), bucket, prefix };
}

function createClient({ region, endpoint, credentials }: S3Settings): S3Client {
  return new S3Client({
    region,
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials === null ? {} : { credentials }),
    // Stores other than Amazon's refuse the checksums that the SDK adds since 2025.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5000, requestTimeout: 60_000 },
  });
}

export function objectOf(
  { bucket, prefix }: Omit<Place, 'client'>,
  key: string,
): { readonly Bucket: string; readonly Key: string } {
  return { Bucket: bucket, Key: prefix + key };
}

/** What S3 and the way to it say, in our words. */
export async function s3<Result>(send: () => Promise<Result>): Promise<Result> {
  try {
    return await send();
  } catch (cause) {
    const reason = failureReason(cause);
    if (reason === 'NoSuchKey') {
      throw new ServiceError('not-found', 'This result is no longer there.', { cause });
    }
    throw new ServiceError(
      'storage-unavailable',
      `The result store of this service cannot be used at the moment (${reason}). Please try again later.`,
      { cause },
    );
  }
}
