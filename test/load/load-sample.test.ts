import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from '../../adql/index.ts';
import { isCatalogueEmpty, loadSample } from '../../src/load/load-sample.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ content: 'schema' });
});

afterAll(() => database.drop());

test('the sample is all of sector 12, with footprints', async () => {
  expect(await isCatalogueEmpty(database.owner)).toBe(true);
  expect(await loadSample(database.owner)).toMatchObject({ matched: 20_624, loaded: 20_624 });
  expect(await isCatalogueEmpty(database.owner)).toBe(false);
  expect(
    await database.owner.query(sql`SELECT count(*)::integer AS rows, min(t_min) AS first,
      max(t_max) AS last, count(DISTINCT s_region)::integer AS regions, min(cloud_uri) AS uri
      FROM ivoa.obscore WHERE obs_id LIKE 'tess%-s0012-3-4%'`),
  ).toEqual([
    {
      rows: 1289,
      first: 58624.45800925926,
      last: 58652.374664351853,
      regions: 1,
      uri: 's3://stpubdata/tess/public/ffi/s0012/2019/141/3-4/tess2019141105932-s0012-3-4-0144-s_ffic.fits',
    },
  ]);
  expect(await loadSample(database.owner)).toMatchObject({ unchanged: 20_624, loaded: 0 });
});
