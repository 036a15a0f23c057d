import type { OutputColumn } from '../../../adql/index.ts';
import { ServiceError } from '../../service-error.ts';

/**
 * The column that a list of URIs is made of: `cloud_uri`, else the first text column that TAP_SCHEMA
 * calls a URI (xtype `uri`, UCD meta.ref.url or meta.ref.uri, ObsCore's Access.Reference). Returns its
 * place, from 0.
 * @throws ServiceError 'bad-request'
 */
export function findUriColumn(columns: readonly OutputColumn[], responseFormat: string): number {
  const byName = columns.findIndex(
    (column) => column.name.toLowerCase() === 'cloud_uri' && column.sqlType === 'text',
  );
  const index = byName === -1 ? columns.findIndex(holdsUris) : byName;
  if (index !== -1) return index;
  throw new ServiceError(
    'bad-request',
    `RESPONSEFORMAT=${responseFormat} writes the URIs of one column, and this answer has none. Add cloud_uri (or access_url) to the SELECT list.`,
  );
}

function holdsUris({ sqlType, xtype, ucd, utype }: OutputColumn): boolean {
  if (sqlType !== 'text') return false;
  return (
    xtype === 'uri' ||
    /(^|;)meta\.ref\.ur[il](;|$)/i.test(ucd ?? '') ||
    /(^|[:.])Access\.Reference$/i.test(utype ?? '')
  );
}
