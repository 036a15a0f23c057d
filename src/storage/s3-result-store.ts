import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { inParts } from './in-parts.ts';
import type { ByteRange, ResultStore, StoredObject } from './result-store.ts';
import { objectOf, openPlace, type Place, s3, type S3Settings } from './s3-place.ts';
import { presign } from './s3-presign.ts';
import { listUnfinished, unfinishedSeparator } from './s3-unfinished.ts';

/** Bytes that a write holds in memory; S3 takes 10,000 parts, so results up to 80 GB. */
const partSize = 8 * 1024 * 1024;

/** A bucket: replicas need nothing else in common. An object appears when its upload is complete. */
export function openS3ResultStore(settings: S3Settings): ResultStore {
  const place = openPlace(settings);
  return {
    write: (key, chunks, mediaType) => writeObject(place, { key, mediaType }, chunks),
    read: (key, range) => readObject(place, key, range),
    urlOf: (download) => presign(place, download),
    delete: (keys) => deleteAll(place, keys),
    list: () => listAll(place),
    check: async () => {
      await s3(() => place.client.send(new HeadBucketCommand({ Bucket: place.bucket })));
    },
  };
}

interface Target {
  readonly key: string;
  readonly mediaType: string;
}

/** What fits into one part is put at once; else part for part, one in flight while the next fills. */
async function writeObject(
  place: Place,
  target: Target,
  chunks: AsyncIterable<Uint8Array>,
): Promise<number> {
  const parts = inParts(chunks, partSize);
  const first = await parts.next();
  const body = first.done === true ? Buffer.alloc(0) : first.value;
  if (body.length < partSize) {
    const object = { ...objectOf(place, target.key), ContentType: target.mediaType, Body: body };
    await s3(() => place.client.send(new PutObjectCommand(object)));
    return body.length;
  }
  const upload = await beginUpload(place, target);
  try {
    return await upload.finish(body, parts);
  } catch (error) {
    // The first failure is the one to tell; what this leaves, the orphan sweep removes.
    await upload.abort().catch(() => undefined);
    throw error;
  }
}

interface Upload {
  /** @returns bytes in all */
  readonly finish: (first: Buffer, others: AsyncIterable<Buffer>) => Promise<number>;
  readonly abort: () => Promise<unknown>;
}

async function beginUpload({ client, ...place }: Place, target: Target): Promise<Upload> {
  const object = objectOf(place, target.key);
  const begun = await s3(() =>
    client.send(new CreateMultipartUploadCommand({ ...object, ContentType: target.mediaType })),
  );
  const upload = { ...object, UploadId: begun.UploadId };

  const send = (body: Buffer, number: number): Promise<CompletedPart> => {
    const part = { ...upload, PartNumber: number, Body: body };
    const sent = s3(() => client.send(new UploadPartCommand(part))).then(({ ETag }) => ({
      ETag,
      PartNumber: number,
    }));
    // It may fail while the next part is still filling: heard of when that one is full.
    sent.catch(() => undefined);
    return sent;
  };
  return {
    finish: async (first, others) => {
      let size = first.length;
      let sending = send(first, 1);
      const sent: CompletedPart[] = [];
      for await (const body of others) {
        sent.push(await sending);
        size += body.length;
        sending = send(body, sent.length + 1);
      }
      sent.push(await sending);
      const complete = { ...upload, MultipartUpload: { Parts: sent } };
      await s3(() => client.send(new CompleteMultipartUploadCommand(complete)));
      return size;
    },
    abort: () => client.send(new AbortMultipartUploadCommand(upload)),
  };
}

interface CompletedPart {
  readonly ETag: string | undefined;
  readonly PartNumber: number;
}

async function readObject(place: Place, key: string, range?: ByteRange): Promise<Readable> {
  const bytes =
    range === undefined ? {} : { Range: `bytes=${String(range.first)}-${String(range.last)}` };
  const object = { ...objectOf(place, key), ...bytes };
  const { Body } = await s3(() => place.client.send(new GetObjectCommand(object)));
  // In Node the SDK's body is the HTTP response itself.
  return Body as Readable;
}

async function deleteAll(place: Place, keys: readonly string[]): Promise<void> {
  for (const key of keys) await s3(() => deleteOne(place, key));
}

function deleteOne(place: Place, key: string): Promise<unknown> {
  const [name = '', UploadId] = key.split(unfinishedSeparator);
  const object = objectOf(place, name);
  if (UploadId === undefined) return place.client.send(new DeleteObjectCommand(object));
  return place.client.send(new AbortMultipartUploadCommand({ ...object, UploadId }));
}

async function* listAll(place: Place): AsyncGenerator<StoredObject> {
  const { client, bucket, prefix } = place;
  const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix });
  for (;;) {
    const page = await s3(() => pages.next());
    if (page.done === true) break;
    for (const { Key, LastModified } of page.value.Contents ?? []) {
      if (Key === undefined || LastModified === undefined) continue;
      yield { key: Key.slice(prefix.length), modified: LastModified };
    }
  }
  yield* await s3(() => listUnfinished(place));
}
