import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostedFile } from '../tap/tap-request.ts';
import type { IncomingFile, KeepFile } from './read-multipart.ts';

/** The files of one request to /sync, on the disk until its query has read them. */
export interface UploadSpool {
  readonly keep: KeepFile;
  readonly files: readonly PostedFile[];
  readonly dispose: () => Promise<void>;
}

/** Touches the disk with the first file: most requests have none. */
export function createUploadSpool(): UploadSpool {
  let folder: Promise<string> | null = null;
  const files: PostedFile[] = [];
  return {
    files,
    keep: async ({ name, mediaType, bytes }) => {
      folder ??= mkdtemp(join(tmpdir(), 'cloudtap-upload-'));
      const path = join(await folder, String(files.length));
      files.push({ name, mediaType, open: () => createReadStream(path) });
      await write(path, bytes);
    },
    dispose: async () => {
      if (folder !== null) await rm(await folder, { recursive: true, force: true });
    },
  };
}

async function write(path: string, bytes: IncomingFile['bytes']): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const piece of bytes) await file.writeFile(piece);
  } finally {
    await file.close();
  }
}
