import { ServiceError } from '../service-error.ts';
import { failureReason } from './failure-reason.ts';
import { openFolderResultStore } from './folder-result-store.ts';
import type { ResultStore } from './result-store.ts';
import type { S3Settings } from './s3-place.ts';

export type ResultStoreSettings =
  { readonly kind: 'folder'; readonly folder: string } | ({ readonly kind: 's3' } & S3Settings);

/**
 * Ready to be written to.
 * @throws ServiceError 'storage-unavailable', in words for the operator
 */
export async function openResultStore(settings: ResultStoreSettings): Promise<ResultStore> {
  try {
    const store = await open(settings);
    await store.check();
    return store;
  } catch (cause) {
    throw new ServiceError('storage-unavailable', complaint(settings, cause), { cause });
  }
}

async function open(settings: ResultStoreSettings): Promise<ResultStore> {
  if (settings.kind === 'folder') return openFolderResultStore(settings.folder);
  // Loading Amazon's SDK takes 0.2 s, which a service that keeps its results in a folder saves.
  const { openS3ResultStore } = await import('./s3-result-store.ts');
  return openS3ResultStore(settings);
}

function complaint(settings: ResultStoreSettings, error: unknown): string {
  const reason = failureReason(error instanceof ServiceError ? error.cause : error);
  if (settings.kind === 'folder') {
    return (
      `The folder for results of asynchronous queries, ${settings.folder}, cannot be used (${reason}). ` +
      'Let the account of this service write to it, or set RESULTS_DIR to another one.'
    );
  }
  return (
    `The S3 bucket for results of asynchronous queries, ${settings.bucket}, cannot be used (${reason}). ` +
    'Check RESULTS_S3_BUCKET, RESULTS_S3_REGION, RESULTS_S3_ENDPOINT and the credentials (AWS_ACCESS_KEY_ID...).'
  );
}
