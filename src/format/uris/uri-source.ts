import type { OutputColumn } from '../../../adql/index.ts';
import { chooseCopy, type CloudPreference, readCloudPreference } from '../../cloud/choose-copy.ts';
import { parseCloudAccess } from '../../cloud/cloud-access.ts';
import { ServiceError } from '../../service-error.ts';
import type { ResultHead } from '../result-format.ts';

/** Where the URIs of an answer are. */
export interface UriSource {
  /** Place of the column, from 0. */
  readonly index: number;
  /** The URI that a cell holds or describes; null when there is none. */
  readonly uriOf: (cell: string) => string | null;
}

/**
 * What a list of URIs is made of: the column `cloud_uri`, else `cloud_access`, else the first text
 * column that TAP_SCHEMA calls a URI (xtype `uri`, UCD meta.ref.url or meta.ref.uri, ObsCore's
 * Access.Reference). With CLOUD it is `cloud_access`, which alone tells of providers and regions.
 * @throws ServiceError 'bad-request'
 */
export function findUriSource(
  { columns, cloud }: Pick<ResultHead, 'columns' | 'cloud'>,
  responseFormat: string,
): UriSource {
  if (cloud !== undefined) return preferredCopies(columns, readPreference(cloud));
  const uris = columns.findIndex(isCloudUri);
  if (uris !== -1) return { index: uris, uriOf: asItIs };
  const copies = columns.findIndex(isCloudAccess);
  if (copies !== -1) return { index: copies, uriOf: (cell) => copyIn(cell, null) };
  const references = columns.findIndex(holdsUris);
  if (references !== -1) return { index: references, uriOf: asItIs };
  throw new ServiceError(
    'bad-request',
    `RESPONSEFORMAT=${responseFormat} writes the URIs of one column, and this answer has none. Add cloud_uri (or access_url) to the SELECT list.`,
  );
}

function readPreference(cloud: string): CloudPreference {
  const preference = readCloudPreference(cloud);
  if (preference !== null) return preference;
  throw new ServiceError(
    'bad-request',
    `CLOUD names a provider, aws or gcp, and perhaps a region, as in aws:us-west-2. It was "${cloud}".`,
  );
}

function preferredCopies(columns: readonly OutputColumn[], preference: CloudPreference): UriSource {
  const index = columns.findIndex(isCloudAccess);
  if (index !== -1) return { index, uriOf: (cell) => copyIn(cell, preference) };
  throw new ServiceError(
    'bad-request',
    'CLOUD chooses among the copies that cloud_access tells of, and this answer has no such column. Add cloud_access to the SELECT list.',
  );
}

function isCloudUri({ name, sqlType }: OutputColumn): boolean {
  return name.toLowerCase() === 'cloud_uri' && sqlType === 'text';
}

function isCloudAccess({ name, sqlType }: OutputColumn): boolean {
  return name.toLowerCase() === 'cloud_access' && sqlType === 'jsonb';
}

function holdsUris({ sqlType, xtype, ucd, utype }: OutputColumn): boolean {
  if (sqlType !== 'text') return false;
  return (
    xtype === 'uri' ||
    /(^|;)meta\.ref\.ur[il](;|$)/i.test(ucd ?? '') ||
    /(^|[:.])Access\.Reference$/i.test(utype ?? '')
  );
}

function asItIs(cell: string): string | null {
  return cell === '' ? null : cell;
}

/** JSON of another shape tells of no copy: a fault of its row, not of the answer. */
function copyIn(cell: string, preference: CloudPreference | null): string | null {
  try {
    const access = parseCloudAccess(cell);
    return access === null ? null : chooseCopy(access, preference);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
