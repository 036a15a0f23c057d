import type { Owner } from '../../src/database/database.ts';
import { defaultUploadLimits, type UploadLimits } from '../../src/upload/upload-limits.ts';
import { UploadSlots } from '../../src/upload/upload-slots.ts';
import type { UploadContext } from '../../src/upload/uploads.ts';

/** Uploads as a service has them that nobody configured. */
export function uploadContext(owner: Owner, limits: Partial<UploadLimits> = {}): UploadContext {
  return {
    owner,
    slots: new UploadSlots(4),
    limits: { ...defaultUploadLimits, ...limits },
    allowPrivateAddresses: false,
    keepFor: 60,
    log: () => undefined,
  };
}
