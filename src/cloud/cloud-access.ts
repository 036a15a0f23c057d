import { z } from 'zod';

/**
 * The column `cloud_access`: where copies of a data product lie in clouds. The convention of the NASA
 * archives is a JSON object keyed by provider; several shapes of it are in use, and all are read.
 */
export type CloudAccess = Readonly<Record<string, readonly CloudLocation[]>>;

/** One copy in one cloud. */
export interface CloudLocation {
  readonly bucket_name: string;
  /** The object's key as it is: not escaped, without a slash in front. */
  readonly key: string;
  /** The provider's region, such as `us-east-1`. */
  readonly region?: string;
  readonly access: CloudAccessRight;
}

/** Anyone; from the same region only; with credentials; nobody. In order of preference. */
export const cloudAccessRights = ['open', 'region', 'restricted', 'none'] as const;
export type CloudAccessRight = (typeof cloudAccessRights)[number];

/** Providers that have URIs of their own, and their schemes. */
const uriSchemes = { aws: 's3', gcp: 'gs', google: 'gs' } as const;
export type CloudProvider = keyof typeof uriSchemes;

export function isCloudProvider(name: string): name is CloudProvider {
  return Object.hasOwn(uriSchemes, name);
}

/** Older drafts said `bucket` and `path`; some services give a bare `uri`. */
const entry = z.object({
  bucket_name: z.string().nullish(),
  bucket: z.string().nullish(),
  key: z.string().nullish(),
  path: z.string().nullish(),
  uri: z.string().nullish(),
  region: z.string().nullish(),
  access: z.enum(cloudAccessRights).default('open').catch('restricted'),
});

const entries = z.union([entry.transform((one) => [one]), z.array(entry)]).catch([]);
const document = z.record(z.string(), entries);

/**
 * Reads one cell in any shape met in the wild: NULL, empty, `{}`, an object or a list for each
 * provider, old member names, a bare `s3://` URI. Gives null when there is no copy, and throws a
 * SyntaxError when the cell is none of these: a fault of that row, not of the whole answer.
 */
export function parseCloudAccess(cell: string | null): CloudAccess | null {
  const text = cell?.trim() ?? '';
  if (text === '') return null;
  const bare = readUri(text);
  if (bare !== null) return { [bare.provider]: [{ ...bare.place, access: 'open' }] };
  const read = document.safeParse(parseJson(text));
  if (!read.success) throw new SyntaxError(`cloud_access is no JSON object: ${text}`);
  const copies = Object.entries(read.data)
    .map(([provider, found]) => [provider, found.flatMap(locationOf)] as const)
    .filter(([, locations]) => locations.length > 0);
  return copies.length === 0 ? null : Object.fromEntries(copies);
}

/** `s3://bucket/key`. The key stays unescaped: only HTTPS forms of it need percent signs. */
export function cloudUri(provider: CloudProvider, bucket: string, key: string): string {
  return `${uriSchemes[provider]}://${bucket}/${key}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`cloud_access is neither JSON nor a URI: ${text}`, { cause });
  }
}

/** An entry without a place names no copy: it is passed over. */
function locationOf(found: z.infer<typeof entry>): CloudLocation[] {
  const place = placeOf(found);
  if (place === undefined) return [];
  const region = typeof found.region === 'string' ? { region: found.region } : {};
  return [{ ...place, ...region, access: found.access }];
}

type Place = Pick<CloudLocation, 'bucket_name' | 'key'>;

function placeOf(found: z.infer<typeof entry>): Place | undefined {
  const bucket = found.bucket_name ?? found.bucket;
  const key = found.key ?? found.path;
  if (typeof bucket !== 'string' || typeof key !== 'string') {
    return readUri(found.uri ?? '')?.place;
  }
  // One slash in front is an early service's mistake; `//` within a key is part of its name.
  return { bucket_name: bucket, key: key.replace(/^\//, '') };
}

function readUri(uri: string): { readonly provider: CloudProvider; readonly place: Place } | null {
  const [, scheme, bucket, key] = /^(s3|gs):\/\/([^/]+)\/(.+)$/s.exec(uri) ?? [];
  if (bucket === undefined || key === undefined) return null;
  return { provider: scheme === 's3' ? 'aws' : 'gcp', place: { bucket_name: bucket, key } };
}
