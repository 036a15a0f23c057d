import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { asPyvo } from './multipart.ts';
import { startTestService, type TestService } from './start-test-service.ts';
import { errorOf, query, rowsOf } from './talk.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

test('shapes are answered as DALI has them', async () => {
  const { body } = await query(service.url, {
    RESPONSEFORMAT: 'application/x-votable+xml;serialization=tabledata',
    QUERY: `SELECT TOP 1 POINT(370, 5) AS place, CIRCLE(1, 2, 0.5) AS disc, POLYGON(1, 2, 3, 4, 5, 0) AS outline,
      CONTAINS(POINT(1, 2), CIRCLE(1, 2, 3)) AS hit FROM ivoa.obscore`,
  });
  expect(body.match(/<FIELD name=.*?(?=\/?>)/g)).toEqual([
    '<FIELD name="place" datatype="double" arraysize="2" xtype="point" unit="deg" ucd="pos.eq" ref="icrs"',
    '<FIELD name="disc" datatype="double" arraysize="3" xtype="circle" unit="deg" ucd="pos.outline" ref="icrs"',
    '<FIELD name="outline" datatype="double" arraysize="*" xtype="polygon" unit="deg" ucd="pos.outline" ref="icrs"',
    '<FIELD name="hit" datatype="int"',
  ]);
  expect(rowsOf(body)).toEqual([['10 5', '1 2 0.5', '1 2 3 4 5 0', '1']]);
});

const targets = `<?xml version="1.0" encoding="utf-8"?>
<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE><TABLE>
<FIELD name="n" datatype="int"/><FIELD name="place" datatype="double" arraysize="2" xtype="point"/>
<FIELD name="footprint" datatype="char" arraysize="*" xtype="adql:REGION"/>
<DATA><TABLEDATA>
<TR><TD>1</TD><TD>230 -60</TD><TD>CIRCLE ICRS 230 -60 1</TD></TR>
<TR><TD>2</TD><TD>230 60</TD><TD>POLYGON ICRS 230 60 231 60 231 61</TD></TR>
<TR><TD>3</TD><TD></TD><TD></TD></TR>
</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>`;

test.each([
  'CONTAINS(u.place, o.s_region) = 1',
  'INTERSECTS(u.footprint, o.s_region) = 1',
  'DISTANCE(u.place, POINT(o.s_ra, o.s_dec)) < 10',
])('an uploaded table is matched with the catalogue: %s', async (condition) => {
  const { status, body } = await asPyvo({
    port: service.port,
    path: '/tap/sync',
    fields: [
      ['LANG', 'ADQL'],
      ['RESPONSEFORMAT', 'application/x-votable+xml;serialization=tabledata'],
      [
        'QUERY',
        `SELECT DISTINCT u.n FROM TAP_UPLOAD.mine AS u JOIN ivoa.obscore AS o ON ${condition}`,
      ],
      ['UPLOAD', 'mine,param:mine'],
    ],
    file: { name: 'mine', content: targets },
  });
  expect(status).toBe(200);
  expect(rowsOf(body)).toEqual([['1']]);
});

test('what only the rows make impossible is told in words', async () => {
  const { status, body } = await query(service.url, {
    QUERY: 'SELECT CIRCLE(s_ra, s_dec, -s_fov) FROM ivoa.obscore',
  });
  expect(status).toBe(400);
  expect(errorOf(body)).toMatch(
    /There is no circle with a radius of -\d.* degrees: radii run from 0 to 180./,
  );
});
