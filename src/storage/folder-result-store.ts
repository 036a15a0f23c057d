import { constants } from 'node:fs';
import { access, type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { makeFolder } from '../make-folder.ts';
import { ServiceError } from '../service-error.ts';
import { sparingDisk } from '../spare-disk.ts';
import type { ByteRange, ResultStore, StoredObject } from './result-store.ts';

/**
 * A folder; replicas on several machines need one that they share. An object is written beside its
 * place and moved there when it is safely on the disk.
 * @throws ServiceError 'storage-unavailable' when the folder cannot be made
 */
export async function openFolderResultStore(folder: string): Promise<ResultStore> {
  await translated(() => makeFolder(folder, 0o700));
  const pathOf = (key: string): string => join(folder, checkedKey(key));
  return {
    write: (key, chunks) => translated(() => writeFile(pathOf(key), chunks)),
    read: (key, range) => translated(() => readFile(pathOf(key), range)),
    urlOf: () => Promise.resolve(null),
    delete: async (keys) => {
      await translated(() => Promise.all(keys.map((key) => rm(pathOf(key), { force: true }))));
    },
    list: () => listFolder(folder),
    check: () => translated(() => access(folder, constants.R_OK | constants.W_OK)),
  };
}

async function writeFile(path: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
  const unfinished = `${path}.part`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    const size = await writeChunks(file, dirname(path), chunks).finally(() => file.close());
    await rename(unfinished, path);
    await syncFolder(dirname(path));
    return size;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function writeChunks(
  file: FileHandle,
  folder: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<number> {
  const spare = sparingDisk(folder);
  let size = 0;
  for await (const chunk of chunks) {
    await spare(chunk.length);
    await file.writeFile(chunk);
    size += chunk.length;
  }
  // A job that the database calls COMPLETED must not lose its result when the power fails.
  await file.sync();
  return size;
}

/** Else the file may be safe and its name not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

async function readFile(path: string, range?: ByteRange): Promise<Readable> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    if (!isSystemError(cause) || cause.code !== 'ENOENT') throw cause;
    throw new ServiceError('not-found', 'This result is no longer there.', { cause });
  });
  return file.createReadStream({ start: range?.first, end: range?.last });
}

async function* listFolder(folder: string): AsyncGenerator<StoredObject> {
  for (const key of await translated(() => readdir(folder))) {
    const found = await stat(join(folder, key)).catch(() => null);
    if (found?.isFile() === true) yield { key, modified: found.mtime };
  }
}

const keyForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

/** Keys are ours, never a client's; still no mistake may lead out of the folder. */
function checkedKey(key: string): string {
  if (keyForm.test(key)) return key;
  throw new TypeError(`not a key of the result store: ${key}`);
}

/** What the operating system says, in our words. Other errors pass: they are the writer's own. */
async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw isSystemError(error) ? storageFailure(error) : error;
  }
}

interface SystemError {
  readonly code: string;
}

function isSystemError(error: unknown): error is SystemError {
  return typeof error === 'object' && error !== null && 'syscall' in error && 'code' in error;
}

const fullCodes: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function storageFailure(cause: SystemError): ServiceError {
  if (fullCodes.has(cause.code)) {
    return new ServiceError(
      'storage-full',
      'The result could not be kept: the disk of this service is full. ' +
        'Ask for fewer rows or columns, delete jobs that you no longer need, or try again later.',
      { cause },
    );
  }
  return new ServiceError(
    'storage-unavailable',
    `The result store of this service cannot be used at the moment (${cause.code}). Please try again later.`,
    { cause },
  );
}
