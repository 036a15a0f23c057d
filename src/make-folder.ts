import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * The folder, and those above it that are missing; nothing if it is there. Node's own `recursive` never
 * comes back where a file system takes no new folders (/proc: libuv is told ENOENT, and tries again).
 * @param mode of those that are made
 * @throws the system's error; EEXIST of a file in its place, ENOENT of such a file system
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<void> {
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder), mode);
    await mkdir(folder, { mode }).catch(unlessMadeMeanwhile);
  }
}

function unlessMadeMeanwhile(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}
