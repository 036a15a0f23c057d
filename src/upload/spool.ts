import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { codeOf } from '../database/error-fields.ts';
import { openNamelessFile } from '../nameless-file.ts';
import { ServiceError } from '../service-error.ts';
import { sparingDisk } from '../spare-disk.ts';

/** Keeps on the disk what clients upload, until their query has read it. */
export interface Spool {
  /** Touches the disk with the first file. */
  readonly begin: () => SpoolFiles;
}

/** The files of one request. */
export interface SpoolFiles {
  readonly create: () => Promise<SpoolFile>;
  /** Frees them all. */
  readonly dispose: () => Promise<void>;
}

/** A file without a name: it is gone with `dispose`, and with this process however that ends. */
export interface SpoolFile {
  /** Appends. */
  readonly write: (bytes: AsyncIterable<Buffer>) => Promise<void>;
  /** The bytes from the start, each time. */
  readonly open: () => Readable;
  /** `length` bytes from `start`; fewer where the file ends. */
  readonly read: (start: number, length: number) => Promise<Buffer>;
  /** Bytes. */
  readonly size: () => number;
}

/**
 * @param folder made when it is first needed; on a disk, as /tmp is memory on many machines
 * @throws ServiceError from its files: 'storage-full', 'storage-unavailable'
 */
export function createSpool(folder: string): Spool {
  return {
    begin: () => {
      const handles: FileHandle[] = [];
      return {
        create: async () => {
          const handle = await openNamelessFile(folder).catch((error: unknown) => {
            throw spoolFailure(error);
          });
          handles.push(handle);
          return spoolFile(handle, sparingDisk(folder));
        },
        dispose: async () => {
          await Promise.all(handles.splice(0).map((handle) => handle.close()));
        },
      };
    },
  };
}

function spoolFile(handle: FileHandle, spare: (bytes: number) => Promise<void>): SpoolFile {
  let size = 0;
  const append = async (piece: Buffer): Promise<void> => {
    await spare(piece.length);
    await handle.writeFile(piece);
    size += piece.length;
  };
  return {
    write: async (bytes) => {
      for await (const piece of bytes) {
        await append(piece).catch((error: unknown) => {
          throw spoolFailure(error);
        });
      }
    },
    open: () => handle.createReadStream({ start: 0, autoClose: false, highWaterMark: 256 * 1024 }),
    read: async (start, length) => {
      const wanted = Math.max(Math.min(length, size - start), 0);
      const buffer = Buffer.allocUnsafeSlow(wanted);
      const { bytesRead } = await handle.read(buffer, 0, wanted, start);
      return buffer.subarray(0, bytesRead);
    },
    size: () => size,
  };
}

const fullCodes: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function spoolFailure(cause: unknown): ServiceError {
  if (fullCodes.has(codeOf(cause))) {
    const message =
      'The uploaded table could not be kept: the disk of this service is full. ' +
      'Upload a smaller one, or try again later.';
    return new ServiceError('storage-full', message, { cause });
  }
  const message =
    `This service cannot take uploads at the moment (${codeOf(cause)}). ` +
    'Please try again later.';
  return new ServiceError('storage-unavailable', message, { cause });
}
