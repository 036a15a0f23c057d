import type { Signature } from './signature.ts';
import { udf } from './udf.ts';

const cloudAccess = { locations: 'JSON', provider: 'VARCHAR' } as const;

/** Questions to the column `cloud_access`: which provider ("aws") holds a copy, in which region, where. */
export const cloudFunctions: readonly Signature[] = [
  udf('cloud_uri', cloudAccess, {
    result: 'VARCHAR',
    ucd: 'meta.ref.uri',
    description:
      "URI of the provider's first copy, such as s3://bucket/key of cloud_uri(cloud_access, 'aws'); " +
      'NULL if it has none.',
  }),
  udf(
    'cloud_uri',
    { ...cloudAccess, region: 'VARCHAR' },
    {
      result: 'VARCHAR',
      ucd: 'meta.ref.uri',
      description: "URI of the provider's first copy in the region.",
    },
  ),
  udf('cloud_has', cloudAccess, {
    result: 'INTEGER',
    description: '1 if the provider holds a copy, else 0.',
  }),
  udf(
    'cloud_has',
    { ...cloudAccess, region: 'VARCHAR' },
    { result: 'INTEGER', description: '1 if the provider holds a copy in the region, else 0.' },
  ),
];
