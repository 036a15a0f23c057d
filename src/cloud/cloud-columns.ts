import { sql, type Sql, value } from '../../adql/index.ts';
import { type CloudAccessRight, type CloudProvider, cloudUri } from './cloud-access.ts';

/** Where the objects of one collection lie; each object adds its key. */
export interface CloudHome {
  readonly provider: CloudProvider;
  readonly bucket: string;
  /** The provider's region, such as `us-east-1`. */
  readonly region: string;
  readonly access: CloudAccessRight;
}

/**
 * The value of the column `cloud_access`: one copy is an object, never a list, so that
 * `json.loads(cell)['aws']['bucket_name']` works. All members are strings.
 */
export function cloudAccessColumn(home: CloudHome, key: Sql): Sql {
  return sql`jsonb_build_object(${text(home.provider)}, jsonb_build_object(
    'bucket_name', ${text(home.bucket)}, 'key', ${key},
    'region', ${text(home.region)}, 'access', ${text(home.access)}))`;
}

/** The value of the column `cloud_uri`: NULL unless anyone may read the copy. */
export function cloudUriColumn(home: CloudHome, key: Sql): Sql {
  if (home.access !== 'open') return sql`CAST(NULL AS text)`;
  return sql`${text(cloudUri(home.provider, home.bucket, ''))} || ${key}`;
}

function text(literal: string): Sql {
  return value(literal, 'text');
}
