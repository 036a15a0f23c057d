import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CatalogColumn, type CatalogTable, sql } from '../adql/index.ts';
import type { Owner } from '../src/database/database.ts';
import type { Content } from './sky-content.ts';
import { footprints, randomNumbers } from './sky-footprints.ts';

const count = 10_000;

/** The table lab.target as an upload is known to the translator. */
export const targetTable: CatalogTable = {
  schema: 'lab',
  name: 'target',
  sqlSchema: 'lab',
  sqlName: 'target',
  type: 'table',
  description: null,
  utype: null,
  columns: [column('id', 'int'), column('ra', 'double'), column('dec', 'double')],
};

function column(name: string, datatype: 'int' | 'double'): CatalogColumn {
  return {
    name,
    delimited: false,
    sqlName: name,
    sqlType: datatype === 'int' ? 'integer' : 'double precision',
    indexed: false,
    principal: true,
    std: false,
    datatype,
    arraysize: null,
    xtype: null,
    unit: null,
    ucd: null,
    utype: null,
    description: null,
  };
}

/**
 * Makes lab.target as an upload is: 10,000 positions without an index. Those for the small footprints
 * lie 0.36 arcsec beside some of them, those for TESS anywhere.
 */
export async function createTargets(owner: Owner, content: Content): Promise<void> {
  await dropTargets(owner);
  await owner.transaction(async (session) => {
    await session.execute(sql`CREATE SCHEMA lab`);
    await session.execute(sql`CREATE TABLE lab.target
      (id integer, ra double precision, dec double precision)`);
    const into = session.copyFrom(sql`COPY lab.target FROM STDIN`);
    const copied = once(into, 'finish');
    await pipeline(Readable.from(copyLines(content)), into);
    await copied;
    await session.execute(sql`GRANT USAGE ON SCHEMA lab TO cloudtap_reader`);
    await session.execute(sql`GRANT SELECT ON lab.target TO cloudtap_reader`);
  });
  await owner.execute(sql`ANALYZE lab.target`);
}

/** The catalogue stays as it was. */
export async function dropTargets(owner: Owner): Promise<void> {
  await owner.execute(sql`DROP SCHEMA IF EXISTS lab CASCADE`);
}

function* copyLines(content: Content): Generator<string> {
  let id = 0;
  for (const [lon, lat] of positionsFor(content)) {
    id += 1;
    yield `${String(id)}\t${String(lon)}\t${String(lat)}\n`;
  }
}

function* positionsFor(content: Content): Generator<readonly [lon: number, lat: number]> {
  switch (content) {
    case 'small':
      for (const { position } of footprints(count)) yield [position[0], position[1] + 0.0001];
      break;
    case 'tess': {
      const random = randomNumbers(77);
      for (let drawn = 0; drawn < count; drawn += 1) {
        yield [random() * 360, (Math.asin(random() * 2 - 1) * 180) / Math.PI];
      }
    }
  }
}
