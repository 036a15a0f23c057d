/** Where the objects of a provider can be had by HTTPS, path-style: a bucket's name may have dots. */
const endpoints: Readonly<Record<string, string>> = {
  s3: 'https://s3.amazonaws.com',
  gs: 'https://storage.googleapis.com',
};

/**
 * The HTTPS form of `s3://bucket/key` or `gs://bucket/key`, which browsers open where the object is
 * open to all; null for any other text.
 */
export function httpsUrl(uri: string): string | null {
  const [, scheme = '', path = ''] = /^(s3|gs):\/\/([^/]+\/.+)$/su.exec(uri) ?? [];
  const endpoint = endpoints[scheme];
  if (endpoint === undefined) return null;
  return [endpoint, ...path.split('/').map(encodeURIComponent)].join('/');
}
