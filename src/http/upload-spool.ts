import type { PostedFile } from '../tap/tap-request.ts';
import type { HttpContext } from './http-context.ts';
import type { KeepFile } from './read-multipart.ts';

/** The files of one request to /sync, on the disk until its query has read them. */
export interface UploadSpool {
  readonly keep: KeepFile;
  readonly files: readonly PostedFile[];
  readonly dispose: () => Promise<void>;
}

type Spool = HttpContext['query']['uploads']['spool'];

export function createUploadSpool(spool: Spool): UploadSpool {
  const files: PostedFile[] = [];
  const { create, dispose } = spool.begin();
  return {
    files,
    keep: async ({ name, mediaType, bytes }) => {
      const { open, write } = await create();
      files.push({ name, mediaType, open });
      await write(bytes);
    },
    dispose,
  };
}
