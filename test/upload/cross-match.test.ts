import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql, translate } from '../../adql/index.ts';
import { loadCatalog } from '../../src/tap-schema/load-catalog.ts';
import { withUploads } from '../../src/upload/uploads.ts';
import { explainPrepared, prepare } from '../adql/prepared.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { runWithUploads, upload } from './run-with-uploads.ts';

let database: TestDatabase;
/** Where the images of two chips point, and how many point exactly there. */
let chips: readonly { readonly ra: number; readonly dec: number; readonly images: number }[];

beforeAll(async () => {
  database = await createTestDatabase();
  chips = await database.owner.query(sql`
    SELECT s_ra AS ra, s_dec AS dec, count(*)::integer AS images
    FROM ivoa.obscore WHERE obs_id LIKE '%-1-1-0144-s' OR obs_id LIKE '%-3-4-0144-s'
    GROUP BY s_ra, s_dec ORDER BY s_ra`);
});
afterAll(() => database.drop());

const arcsecond = 1 / 3600;

/** Positions of targets: at the chips, half an arcsecond off, two arcseconds off, and far away. */
function targets(): string {
  const [first = nowhere, second = nowhere] = chips;
  const rows = [
    [1, first.ra, first.dec],
    [2, first.ra, first.dec + 0.5 * arcsecond],
    [3, second.ra, second.dec - 0.5 * arcsecond],
    [4, second.ra, second.dec + 2 * arcsecond],
    [5, first.ra, -first.dec],
  ];
  return ['n,ra,dec', ...rows.map((row) => row.join(','))].join('\n');
}

const nowhere = { ra: 0, dec: 0, images: 0 };

const within = (radius: string): string =>
  `DISTANCE(POINT(u.ra, u.dec), POINT(o.s_ra, o.s_dec)) < ${radius}`;

test('uploaded positions are matched with the rows that lie there, and with no others', async () => {
  const query = `SELECT u.n, COUNT(*) AS images FROM TAP_UPLOAD.mine AS u
    JOIN ivoa.obscore AS o ON ${within('1 / 3600.0')} GROUP BY u.n ORDER BY u.n`;
  const answer = await runWithUploads(database, {
    tables: { mine: targets() },
    query,
    format: 'csv',
  });
  const [first = nowhere, second = nowhere] = chips;
  expect([chips.length, first.images, second.images]).toEqual([2, 1289, 1289]);
  expect(answer).toBe(['n,images', '1,1289', '2,1289', '3,1289', ''].join('\r\n'));
});

/** What of the catalogue's indexes the plan of a cross-match walks. */
async function indexesOf(condition: string): Promise<readonly string[]> {
  const uploads = await upload(database, { mine: targets() });
  const query = `SELECT u.n, o.obs_id FROM TAP_UPLOAD.mine AS u
    JOIN ivoa.obscore AS o ON ${condition}`;
  const { statement } = translate(query, {
    catalog: withUploads(await loadCatalog(database.owner), uploads),
    language: 'ADQL-2.1',
    rowLimit: 1000,
  });
  const plan = await database.owner.transaction(async (session) => {
    await session.execute(prepare(statement));
    const lines = await session.query<{ readonly 'QUERY PLAN': string }>(
      explainPrepared(statement),
    );
    await session.execute(sql`DEALLOCATE translated`);
    return lines.map((line) => line['QUERY PLAN']).join('\n');
  });
  await uploads.drop();
  return [...new Set(plan.match(/obscore_\w+_index/g))].sort();
}

test.each(['1 / 3600.0', '0.5'])(
  'a cross-match within %s degrees walks the index of positions',
  async (radius) => {
    expect(await indexesOf(within(radius))).toEqual(['obscore_position_index']);
  },
);
