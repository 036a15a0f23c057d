import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from '../../adql/index.ts';
import { type Laboratory, manyEntries, openLaboratory } from './laboratory.ts';

let lab: Laboratory;

beforeAll(async () => {
  lab = await openLaboratory();
});

beforeEach(() => lab.database.owner.execute(sql`TRUNCATE ivoa.obscore`));

afterAll(() => lab.close());

test('two loads at once both arrive', async () => {
  const counts = await Promise.all([
    lab.load(...manyEntries(6000)),
    lab.load(...manyEntries(6000, 3000)),
  ]);
  expect(counts.map(({ loaded }) => loaded).sort()).toEqual([3000, 6000]);
  expect(await lab.stored()).toHaveLength(9000);
});

test('a large load keeps other rows, indexes, constraints, rights and triggers', async () => {
  const { owner } = lab.database;
  await lab.load('1000 d/2020001000000-07.fits', '1000 d/2020002000000-07.fits');
  await owner.execute(sql`UPDATE ivoa.obscore SET bib_reference = 'own'`);
  await owner.execute(sql`CREATE FUNCTION cloudtap.mark() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN NEW.publisher_id := 'ivo://marked'; RETURN NEW; END $$`);
  await owner.execute(sql`CREATE TRIGGER mark BEFORE INSERT ON ivoa.obscore
    FOR EACH ROW EXECUTE FUNCTION cloudtap.mark()`);
  await owner.execute(sql`CREATE TABLE cloudtap.archive (name text PRIMARY KEY)`);
  await owner.execute(sql`INSERT INTO cloudtap.archive VALUES ('LAB')`);
  await owner.execute(
    sql`ALTER TABLE ivoa.obscore ADD FOREIGN KEY (obs_collection) REFERENCES cloudtap.archive`,
  );
  const before = await describeTable();

  expect(await lab.load('9000 d/2020002000000-07.fits', ...manyEntries(6000))).toMatchObject({
    loaded: 6001,
  });

  expect(await describeTable()).toEqual(before);
  expect(
    await owner.query(sql`SELECT access_estsize::integer AS size, bib_reference, publisher_id
      FROM ivoa.obscore WHERE obs_id LIKE '202000%000000-07' ORDER BY obs_id`),
  ).toEqual([
    { size: 1, bib_reference: 'own', publisher_id: null },
    { size: 9, bib_reference: 'own', publisher_id: 'ivo://marked' },
  ]);
});

/** All that belongs to the table beside its rows. */
async function describeTable(): Promise<readonly object[]> {
  return lab.database.owner.query(sql`
    SELECT pg_get_indexdef(indexrelid) AS fact FROM pg_index
      WHERE indrelid = 'ivoa.obscore'::regclass
    UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
      WHERE conrelid = 'ivoa.obscore'::regclass
    UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger
      WHERE tgrelid = 'ivoa.obscore'::regclass AND NOT tgisinternal
    UNION ALL SELECT relacl::text || obj_description(oid, 'pg_class') FROM pg_class
      WHERE oid = 'ivoa.obscore'::regclass
    UNION ALL SELECT attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute
      WHERE attrelid = 'ivoa.obscore'::regclass AND attnum > 0
    ORDER BY fact`);
}

test('queries read the old rows until a large load is in, whoever still reads', async () => {
  const { owner } = lab.database;
  await lab.load('1000 d/2020001000000-07.fits');
  const loading = await owner.transaction(async (reader) => {
    await reader.query(sql`SELECT obs_id FROM ivoa.obscore`);
    const started = lab.load(...manyEntries(6000));
    const waiting = sql`SELECT FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'`;
    while ((await owner.query(waiting)).length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await lab.stored()).toHaveLength(1);
    return { started };
  });
  expect(await loading.started).toMatchObject({ loaded: 6000 });
  expect(await lab.stored()).toHaveLength(6001);
});

test('a view of the operator on the table is no obstacle to a large load', async () => {
  await lab.database.owner.execute(sql`CREATE VIEW ivoa.mine AS SELECT obs_id FROM ivoa.obscore`);
  expect(await lab.load(...manyEntries(6000))).toMatchObject({ loaded: 6000 });
  expect(await lab.database.owner.query(sql`SELECT obs_id FROM ivoa.mine`)).toHaveLength(6000);
});
