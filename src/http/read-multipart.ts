import busboy from 'busboy';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { ServiceError, shortened } from '../service-error.ts';
import type { Parameter } from '../tap/tap-request.ts';
import { leftTooSoon, tooLarge } from './read-form.ts';

/** A file of a multipart body while it arrives. */
export interface IncomingFile {
  /** The name of its field. */
  readonly name: string;
  /** Null when the client said nothing of use. */
  readonly mediaType: string | null;
  /** To be read to its end, or the rest of the body never comes. */
  readonly bytes: AsyncIterable<Buffer>;
}

export type KeepFile = (file: IncomingFile) => Promise<void>;

export interface BodyLimits {
  /** Bytes of all parameters together. */
  readonly parameterBytes: number;
  /** Bytes of all files together. */
  readonly fileBytes: number;
}

/** More fields than any client sends; each costs memory. */
const maxFields = 1000;
const maxFiles = 100;

/**
 * The text fields of a multipart body (RFC 7578); its files go to `keepFile`, one after the other.
 * Whatever fails, all that keepFile began has ended when this throws, and the rest of the body is
 * read and dropped, so that the client has sent all and listens when the error comes.
 */
export async function readMultipart(
  request: IncomingMessage,
  limits: BodyLimits,
  keepFile: KeepFile,
): Promise<readonly Parameter[]> {
  const keeping: Promise<void>[] = [];
  try {
    const parser = createParser(request, limits);
    const fields = await readParts(request, parser, {
      limits,
      keep: (file, fail) => {
        const kept = keepFile(file);
        kept.catch(fail);
        keeping.push(kept);
      },
    });
    await Promise.all(keeping);
    for (const field of namedByUpload(fields)) await keepFile(fileOf(field));
    return fields;
  } catch (error) {
    request.unpipe();
    request.resume();
    await Promise.allSettled(keeping);
    throw error;
  }
}

interface PartsOptions {
  readonly limits: BodyLimits;
  readonly keep: (file: IncomingFile, fail: Fail) => void;
}

function readParts(
  request: IncomingMessage,
  parser: busboy.Busboy,
  { limits, keep }: PartsOptions,
): Promise<readonly Parameter[]> {
  return new Promise((resolve, reject) => {
    const fail: Fail = (error) => {
      reject(error);
      // Ends the file that is just arriving, so that whoever reads it does not wait for ever.
      parser.destroy(error);
    };
    const fields = hearFields(parser, limits, fail);
    hearFiles(parser, { limits, keep }, fail);
    const tooMany = (): void => {
      fail(tooManyParts());
    };
    parser.on('fieldsLimit', tooMany).on('filesLimit', tooMany);
    parser.on('error', (error) => {
      fail(error instanceof ServiceError ? error : malformed(error));
    });
    parser.on('close', () => {
      resolve(fields);
    });
    request.on('error', () => {
      fail(leftTooSoon());
    });
    request.pipe(parser);
  });
}

type Fail = (error: Error) => void;

/** The types of busboy promise a name, which parts need not have. */
type PartName = string | undefined;

/** Grows until the parser closes. */
function hearFields(parser: busboy.Busboy, limits: BodyLimits, fail: Fail): readonly Parameter[] {
  const fields: Parameter[] = [];
  let bytesLeft = limits.parameterBytes;
  parser.on('field', (name: PartName, value, info) => {
    if (name === undefined) {
      fail(nameless());
      return;
    }
    bytesLeft -= Buffer.byteLength(name) + Buffer.byteLength(value);
    if (info.valueTruncated || bytesLeft < 0) fail(tooLarge(limits.parameterBytes));
    else fields.push({ name, value });
  });
  return fields;
}

function hearFiles(parser: busboy.Busboy, { limits, keep }: PartsOptions, fail: Fail): void {
  const budget = { limit: limits.fileBytes, left: limits.fileBytes };
  const names = new Set<string>();
  parser.on('file', (name: PartName, file, { mimeType }) => {
    // A body that ends too soon fails the file too, perhaps before anyone reads it, and a stream's
    // error that nobody hears ends the process. Whoever reads it later is told all the same.
    file.on('error', () => undefined);
    if (name === undefined) fail(nameless());
    else if (names.has(name)) fail(namesake(name));
    else keep({ name, mediaType: usefulType(mimeType), bytes: bounded(file, budget) }, fail);
    names.add(name ?? '');
  });
}

/** What clients send who have nothing to say (and busboy, when they send nothing at all). */
function usefulType(mediaType: string): string | null {
  return ['text/plain', 'application/octet-stream'].includes(mediaType) ? null : mediaType;
}

async function* bounded(
  file: Readable,
  budget: { readonly limit: number; left: number },
): AsyncGenerator<Buffer, void> {
  for await (const piece of file as AsyncIterable<Buffer>) {
    budget.left -= piece.length;
    if (budget.left < 0) {
      throw new ServiceError(
        'too-large',
        `The files of this request have more than ${String(budget.limit)} bytes, which is the limit here.`,
      );
    }
    yield piece;
  }
}

/** `UPLOAD=t,param:x` means the part x also when it came without a file name: `curl -F 'x=<table.csv'`. */
function namedByUpload(fields: readonly Parameter[]): readonly Parameter[] {
  const wanted = fields
    .filter(({ name }) => name.toUpperCase() === 'UPLOAD')
    .flatMap(({ value }) => [...value.matchAll(/param:([^;,\s]+)/gi)].map(([, name]) => name));
  return fields.filter(({ name }) => wanted.includes(name));
}

function fileOf({ name, value }: Parameter): IncomingFile {
  return { name, mediaType: null, bytes: Readable.from([Buffer.from(value)]) };
}

function createParser(request: IncomingMessage, limits: BodyLimits): busboy.Busboy {
  try {
    return busboy({
      headers: { 'content-type': withQuotedBoundary(request.headers['content-type'] ?? '') },
      limits: { fieldSize: limits.parameterBytes, fields: maxFields, files: maxFiles },
    });
  } catch (error) {
    throw malformed(error);
  }
}

/**
 * astroquery's TapPlus sends `boundary====1795185488239===` without quotes, which the grammar of
 * HTTP and busboy do not take.
 */
function withQuotedBoundary(contentType: string): string {
  return contentType.replace(
    /boundary=(?!")([^;]+)/i,
    (_match, boundary: string) => `boundary="${boundary.trim()}"`,
  );
}

function tooManyParts(): ServiceError {
  const message = `The body of this request has more than ${String(maxFields)} fields or ${String(maxFiles)} files.`;
  return new ServiceError('too-large', message);
}

/** RFC 7578, section 4.2: every part has one. */
function nameless(): ServiceError {
  return new ServiceError(
    'bad-request',
    'A part of this multipart/form-data body has no name; give each a Content-Disposition with name="...".',
  );
}

/** `param:x` would mean either of them. */
function namesake(name: string): ServiceError {
  return new ServiceError(
    'bad-request',
    `The body of this request has two files named "${shortened(name)}"; give each part a name of its own.`,
  );
}

function malformed(cause: unknown): ServiceError {
  const message = 'The multipart/form-data body of this request is malformed.';
  return new ServiceError('bad-request', message, { cause });
}
