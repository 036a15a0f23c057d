/** What an error of the operating system, the network or the AWS SDK may tell of itself. */
interface Failure {
  readonly code?: string;
  readonly name?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** In one word, for people who know disks and buckets: ENOTDIR, AccessDenied, HTTP 403. */
export function failureReason(error: unknown): string {
  const { code, name, $metadata } = error as Failure;
  if (code !== undefined) return code;
  // The answer to HEAD has no body that would name the error.
  const status = $metadata?.httpStatusCode;
  const isNamed = name !== undefined && name !== 'Unknown';
  return isNamed || status === undefined ? (name ?? 'unknown reason') : `HTTP ${String(status)}`;
}
