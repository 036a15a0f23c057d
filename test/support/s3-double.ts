import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { element, renderDocument, type XmlElement } from '../../src/xml.ts';
import type { S3Settings } from '../../src/storage/s3-place.ts';

/** What a request gets in place of its answer: an S3 error code, or a broken connection. */
export type Fault = { readonly status: number; readonly code: string } | 'broken connection';

/** As much of S3 as a result store uses, in memory, and faults on demand. */
export interface S3Double {
  readonly settings: S3Settings;
  /** Objects by key, prefix included. */
  readonly objects: ReadonlyMap<string, Buffer>;
  /** Ids of multipart uploads that were neither completed nor aborted. */
  readonly unfinished: () => readonly string[];
  /** Asked for each request, `PUT` or `PUT part 2`, `POST uploads`...; null lets it pass. */
  faultOf: (request: string) => Fault | null;
  readonly stop: () => Promise<void>;
}

interface Call {
  readonly method: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly range: string | undefined;
  readonly body: Buffer;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const bucket = 'results';

export async function startS3Double(): Promise<S3Double> {
  const state = new BucketState();
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const double: S3Double = {
    settings: {
      bucket,
      prefix: 'jobs/',
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    },
    objects: state.objects,
    unfinished: () => [...state.uploads.keys()],
    faultOf: () => null,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return double;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await callOf(request);
    const fault = double.faultOf(nameOf(call));
    if (fault === 'broken connection') {
      request.socket.destroy();
      return;
    }
    const answer = fault === null ? state.answer(call) : failure(fault.status, fault.code);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }
}

async function callOf(request: IncomingMessage): Promise<Call> {
  const url = new URL(request.url ?? '', 'http://localhost');
  const body = Buffer.concat((await request.toArray()) as Buffer[]);
  const key = decodeURIComponent(url.pathname.slice(bucket.length + 2));
  const { method = 'GET', headers } = request;
  return { method, key, query: url.searchParams, range: headers.range, body };
}

function nameOf({ method, query }: Call): string {
  const part = query.get('partNumber');
  if (part !== null) return `${method} part ${part}`;
  return query.has('uploads') || query.has('uploadId') ? `${method} uploads` : method;
}

class BucketState {
  readonly objects = new Map<string, Buffer>();
  readonly uploads = new Map<string, { readonly key: string; readonly parts: Buffer[] }>();

  answer(call: Call): Answer {
    const uploadId = call.query.get('uploadId');
    if (uploadId !== null) return this.#ofUpload(call, uploadId);
    if (call.query.has('uploads')) {
      return call.method === 'POST' ? this.#begin(call.key) : this.#listUploads();
    }
    return call.key === '' ? this.#ofBucket(call) : this.#ofObject(call);
  }

  #ofObject({ method, key, body, range }: Call): Answer {
    const object = this.objects.get(key);
    if (method === 'PUT') this.objects.set(key, body);
    if (method === 'DELETE') this.objects.delete(key);
    if (method !== 'GET') return { status: method === 'DELETE' ? 204 : 200 };
    if (object === undefined) return failure(404, 'NoSuchKey');
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
    if (first === undefined) return { status: 200, body: object };
    return { status: 206, body: object.subarray(Number(first), Number(last) + 1) };
  }

  #ofBucket({ method }: Call): Answer {
    if (method === 'HEAD') return { status: 200 };
    const contents = [...this.objects.keys()].map((key) =>
      element('Contents', {}, [leaf('Key', key), leaf('LastModified', '2026-01-01T00:00:00Z')]),
    );
    return document('ListBucketResult', [leaf('IsTruncated', 'false'), ...contents]);
  }

  #begin(key: string): Answer {
    const uploadId = randomUUID();
    this.uploads.set(uploadId, { key, parts: [] });
    return document('InitiateMultipartUploadResult', [leaf('UploadId', uploadId)]);
  }

  #listUploads(): Answer {
    const uploads = [...this.uploads].map(([uploadId, { key }]) =>
      element('Upload', {}, [
        leaf('Key', key),
        leaf('UploadId', uploadId),
        leaf('Initiated', '2026-01-01T00:00:00Z'),
      ]),
    );
    return document('ListMultipartUploadsResult', uploads);
  }

  #ofUpload({ method, query, body }: Call, uploadId: string): Answer {
    const upload = this.uploads.get(uploadId);
    if (upload === undefined) return failure(404, 'NoSuchUpload');
    if (method === 'PUT') {
      upload.parts[Number(query.get('partNumber')) - 1] = body;
      const etag = createHash('md5').update(body).digest('hex');
      return { status: 200, headers: { ETag: `"${etag}"` } };
    }
    this.uploads.delete(uploadId);
    if (method === 'DELETE') return { status: 204 };
    this.objects.set(upload.key, Buffer.concat(upload.parts));
    return document('CompleteMultipartUploadResult', [leaf('Key', upload.key)]);
  }
}

function failure(status: number, code: string): Answer {
  return { ...document('Error', [leaf('Code', code), leaf('Message', code)]), status };
}

function document(name: string, children: readonly XmlElement[]): Answer {
  return {
    status: 200,
    headers: { 'Content-Type': 'application/xml' },
    body: renderDocument(element(name, {}, children)),
  };
}

function leaf(name: string, text: string): XmlElement {
  return element(name, {}, [text]);
}
