import { tmpdir } from 'node:os';
import type { Owner } from '../../src/database/database.ts';
import { createSpool } from '../../src/upload/spool.ts';
import { defaultUploadLimits, type UploadLimits } from '../../src/upload/upload-limits.ts';
import { UploadSlots } from '../../src/upload/upload-slots.ts';
import type { UploadContext } from '../../src/upload/uploads.ts';

/** Its files have no names: nothing of them is to be seen. */
export const testSpool = createSpool(tmpdir());

/** Uploads as a service has them that nobody configured. */
export function uploadContext(owner: Owner, limits: Partial<UploadLimits> = {}): UploadContext {
  return {
    owner,
    spool: testSpool,
    slots: new UploadSlots(4),
    limits: { ...defaultUploadLimits, ...limits },
    allowPrivateAddresses: false,
    keepFor: 60,
    live: new Set(),
    log: () => undefined,
  };
}
