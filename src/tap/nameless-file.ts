import { mkdir, mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/** A file without a name: the system removes it with this process, however it ends. */
export async function openNamelessFile(parent: string): Promise<FileHandle> {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'cloudtap-rows-'));
  try {
    return await open(join(folder, 'rows'), 'wx+', 0o600);
  } finally {
    await rm(folder, { recursive: true });
  }
}
