import { openFolderResultStore } from './folder-result-store.ts';
import type { ResultStore } from './result-store.ts';
import type { S3Settings } from './s3-place.ts';

export type ResultStoreSettings =
  { readonly kind: 'folder'; readonly folder: string } | ({ readonly kind: 's3' } & S3Settings);

/** @throws ServiceError 'storage-unavailable' when it cannot be used */
export async function openResultStore(settings: ResultStoreSettings): Promise<ResultStore> {
  if (settings.kind === 'folder') return openFolderResultStore(settings.folder);
  // Loading Amazon's SDK takes 0.2 s, which a service that keeps its results in a folder saves.
  const { openS3ResultStore } = await import('./s3-result-store.ts');
  const store = openS3ResultStore(settings);
  await store.check();
  return store;
}
