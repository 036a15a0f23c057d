import { exampleQuery } from '../tap/example-query.ts';

/** A query that people can start from; every one of them is run by a test. */
export interface ExampleQuery {
  /** The fragment of its URL. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly query: string;
  /** The tables that it asks, as they stand in FROM. */
  readonly tables: readonly string[];
}

/** Shapes in the form of ADQL 2.0, which every client's own parser takes. */
export const exampleQueries: readonly ExampleQuery[] = [
  {
    id: 'cloud-locations',
    name: 'S3 locations of the TESS images of one CCD',
    description:
      'All full-frame images of sector 12, camera 3, CCD 4. The column cloud_uri holds the S3 URI of ' +
      'each file, cloud_access the same as JSON with bucket, key and region.',
    query: exampleQuery,
    tables: ['ivoa.obscore'],
  },
  {
    id: 'cloud-region',
    name: 'Only what lies in one region of one cloud',
    description:
      'cloud_has asks whether a provider holds a copy in a region: computing next to the data costs ' +
      'no transfer. cloud_uri gives the URI of that very copy.',
    query: `SELECT TOP 100 obs_id, cloud_uri(cloud_access, 'aws', 'us-east-1') AS uri
FROM ivoa.obscore
WHERE cloud_has(cloud_access, 'aws', 'us-east-1') = 1
ORDER BY t_min`,
    tables: ['ivoa.obscore'],
  },
  {
    id: 'cloud-volume',
    name: 'How much of each collection is in the cloud',
    description: 'Files with a copy in AWS, and their size in GB, by collection and product type.',
    query: `SELECT obs_collection, dataproduct_type, COUNT(*) AS files, SUM(access_estsize) / 1000000.0 AS gb
FROM ivoa.obscore
WHERE cloud_has(cloud_access, 'aws') = 1
GROUP BY obs_collection, dataproduct_type
ORDER BY obs_collection, dataproduct_type`,
    tables: ['ivoa.obscore'],
  },
  {
    id: 'target-on-image',
    name: 'Which images show a star',
    description:
      'The images whose footprint holds the star pi Mensae, with their S3 URIs. Positions are ICRS, in degrees.',
    query: `SELECT TOP 1000 obs_id, t_min, cloud_uri
FROM ivoa.obscore
WHERE 1 = CONTAINS(POINT('ICRS', 84.2917, -80.4691), s_region)
ORDER BY t_min`,
    tables: ['ivoa.obscore'],
  },
  {
    id: 'images-near',
    name: 'How many images touch a circle on the sky',
    description:
      'Images whose footprint meets a circle of 0.5 degrees around the star, and when the first and the ' +
      'last of them were taken (MJD).',
    query: `SELECT obs_collection, COUNT(*) AS images, MIN(t_min) AS first_begin, MAX(t_max) AS last_end
FROM ivoa.obscore
WHERE 1 = INTERSECTS(s_region, CIRCLE('ICRS', 84.2917, -80.4691, 0.5))
GROUP BY obs_collection`,
    tables: ['ivoa.obscore'],
  },
  {
    id: 'one-night',
    name: 'What was observed in a span of time',
    description: 'Times are MJD. The images of one TESS camera that began on 2019-06-01.',
    query: `SELECT obs_id, instrument_name, t_min, t_exptime, cloud_uri
FROM ivoa.obscore
WHERE t_min BETWEEN 58635.0 AND 58636.0 AND obs_id LIKE '%-s0012-1-1-%'
ORDER BY t_min`,
    tables: ['ivoa.obscore'],
  },
  {
    id: 'columns',
    name: 'Which columns there are',
    description: 'TAP_SCHEMA describes every table and column of this service.',
    query: `SELECT column_name, datatype, unit, ucd, description
FROM tap_schema.columns
WHERE table_name = 'ivoa.obscore'
ORDER BY column_index`,
    tables: ['tap_schema.columns'],
  },
];
