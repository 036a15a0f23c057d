import { statfs } from 'node:fs/promises';

/** Bytes that stay free, for the database above all, which may lie beside; a twentieth of a small disk. */
const reserve = 1024 ** 3;
const reservedPart = 1 / 20;

/** Bytes of one file between two looks: some may be written at once, so it is far below the reserve. */
const interval = 16 * 1024 ** 2;

/** Bytes of a file that does no harm. */
const small = 1024 ** 2;

/** What is asked of the file system, in blocks of so many bytes. */
interface Space {
  readonly bavail: number;
  readonly blocks: number;
  readonly bsize: number;
}

/**
 * For a file that grows by what clients send or ask for: to be called with the bytes of each piece before
 * it is written. Limits of one request do not keep the disk from filling up, as there may be many.
 * @throws an error of code ENOSPC when the folder's disk has no more than its reserve left
 */
export function sparingDisk(
  folder: string,
  spaceOf: (folder: string) => Promise<Space> = statfs,
): (bytes: number) => Promise<void> {
  let unseen = small;
  return async (bytes) => {
    unseen -= bytes;
    if (unseen >= 0) return;
    unseen = interval;
    const { bavail, blocks, bsize } = await spaceOf(folder);
    if (bavail * bsize >= Math.min(reserve, blocks * bsize * reservedPart)) return;
    const failure = new Error(`${folder} lies on a disk that is nearly full`);
    throw Object.assign(failure, { code: 'ENOSPC', syscall: 'statfs' });
  };
}
