import { randomBytes } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';

/**
 * An empty file without a name: POSIX keeps it as long as it is open, and frees it with this process,
 * however that ends.
 * @param folder made when it is not there; readable by nobody else
 */
export async function openNamelessFile(folder: string): Promise<FileHandle> {
  await makeFolder(folder, 0o700);
  const path = join(folder, randomBytes(16).toString('hex'));
  const handle = await open(path, 'wx+', 0o600);
  await unlink(path);
  return handle;
}
