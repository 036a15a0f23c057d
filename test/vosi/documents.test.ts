import { expect, test } from '@jest/globals';
import type { CatalogTable } from '../../adql/index.ts';
import type { TableSet } from '../../src/tap-schema/load-table-set.ts';
import { availabilityDocument } from '../../src/vosi/availability.ts';
import { tableDocument, tablesDocument } from '../../src/vosi/tables.ts';

const obscore: CatalogTable = {
  schema: 'ivoa',
  name: 'obscore',
  sqlSchema: 'ivoa',
  sqlName: 'obscore',
  type: 'table',
  description: 'Observations & their cloud locations',
  utype: 'ivo://ivoa.net/std/ObsCore#table-1.1',
  columns: [
    {
      name: 'obs_id',
      delimited: false,
      datatype: 'char',
      arraysize: '*',
      xtype: null,
      unit: null,
      ucd: 'meta.id',
      utype: 'obscore:DataID.observationID',
      description: 'Observation',
      sqlName: 'obs_id',
      sqlType: 'text',
      indexed: true,
      principal: true,
      std: true,
    },
  ],
};

const schemas: CatalogTable = {
  schema: 'tap_schema',
  name: 'columns',
  sqlSchema: 'tap_schema',
  sqlName: 'columns',
  type: 'view',
  description: null,
  utype: null,
  columns: [
    {
      name: 'size',
      delimited: true,
      datatype: 'int',
      arraysize: null,
      xtype: null,
      unit: null,
      ucd: null,
      utype: null,
      description: null,
      sqlName: 'size',
      sqlType: 'integer',
      indexed: false,
      principal: false,
      std: false,
    },
  ],
};

const tableSet: TableSet = {
  schemas: [
    {
      name: 'ivoa',
      description: 'IVOA tables',
      utype: null,
      tables: [{ name: 'ivoa.obscore', table: obscore, foreignKeys: [] }],
    },
    {
      name: 'tap_schema',
      description: null,
      utype: null,
      tables: [
        {
          name: 'tap_schema.columns',
          table: schemas,
          foreignKeys: [
            {
              targetTable: 'tap_schema.tables',
              description: 'its table',
              utype: null,
              columns: [{ from: 'table_name', target: 'table_name' }],
            },
          ],
        },
      ],
    },
  ],
};

const rootAttributes =
  'xmlns:vosi="http://www.ivoa.net/xml/VOSITables/v1.0" xmlns:vs="http://www.ivoa.net/xml/VODataService/v1.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

test('tables', () => {
  expect(tablesDocument(tableSet, { withColumns: true, only: null, forTapPlus: false }))
    .toBe(`<?xml version="1.0" encoding="UTF-8"?>
<vosi:tableset ${rootAttributes}>
 <schema>
  <name>ivoa</name>
  <description>IVOA tables</description>
  <table type="base_table">
   <name>ivoa.obscore</name>
   <description>Observations &amp; their cloud locations</description>
   <utype>ivo://ivoa.net/std/ObsCore#table-1.1</utype>
   <column std="true">
    <name>obs_id</name>
    <description>Observation</description>
    <ucd>meta.id</ucd>
    <utype>obscore:DataID.observationID</utype>
    <dataType xsi:type="vs:VOTableType" arraysize="*">char</dataType>
    <flag>indexed</flag>
    <flag>principal</flag>
   </column>
  </table>
 </schema>
 <schema>
  <name>tap_schema</name>
  <table type="view">
   <name>tap_schema.columns</name>
   <column std="false">
    <name>"size"</name>
    <dataType xsi:type="vs:VOTableType">int</dataType>
   </column>
   <foreignKey>
    <targetTable>tap_schema.tables</targetTable>
    <fkColumn>
     <fromColumn>table_name</fromColumn>
     <targetColumn>table_name</targetColumn>
    </fkColumn>
    <description>its table</description>
   </foreignKey>
  </table>
 </schema>
</vosi:tableset>
`);
});

test('tables, asked for one of them and without columns', () => {
  expect(
    tablesDocument(tableSet, { withColumns: false, only: ['IVOA.ObsCore'], forTapPlus: false }),
  ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<vosi:tableset ${rootAttributes}>
 <schema>
  <name>ivoa</name>
  <description>IVOA tables</description>
  <table type="base_table">
   <name>ivoa.obscore</name>
   <description>Observations &amp; their cloud locations</description>
   <utype>ivo://ivoa.net/std/ObsCore#table-1.1</utype>
  </table>
 </schema>
</vosi:tableset>
`);
});

test('tables for TapPlus have a flags attribute on every column', () => {
  const detail = { withColumns: true, only: ['tap_schema.columns'], forTapPlus: true };
  const document = tablesDocument(tableSet, detail);
  expect(document).toContain(
    `<vosi:tableset ${rootAttributes} xmlns:esatapplus="http://esa.int/xml/EsaTapPlus">`,
  );
  expect(document).toContain('<column std="false" esatapplus:flags="">');
});

test('one table', () => {
  expect(tableDocument(tableSet, 'tap_schema.columns')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<vosi:table ${rootAttributes} type="view">
 <name>tap_schema.columns</name>
 <column std="false">
  <name>"size"</name>
  <dataType xsi:type="vs:VOTableType">int</dataType>
 </column>
 <foreignKey>
  <targetTable>tap_schema.tables</targetTable>
  <fkColumn>
   <fromColumn>table_name</fromColumn>
   <targetColumn>table_name</targetColumn>
  </fkColumn>
  <description>its table</description>
 </foreignKey>
</vosi:table>
`);
  expect(tableDocument(tableSet, 'ivoa.nosuch')).toBeNull();
});

test('availability', () => {
  const upSince = new Date(Date.UTC(2026, 0, 1));
  expect(availabilityDocument([], upSince)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<vosi:availability xmlns:vosi="http://www.ivoa.net/xml/VOSIAvailability/v1.0">
 <vosi:available>true</vosi:available>
 <vosi:upSince>2026-01-01T00:00:00.000Z</vosi:upSince>
 <vosi:note>ready</vosi:note>
</vosi:availability>
`);
  expect(availabilityDocument(['The database does not answer.', 'The store is full.'], upSince))
    .toBe(`<?xml version="1.0" encoding="UTF-8"?>
<vosi:availability xmlns:vosi="http://www.ivoa.net/xml/VOSIAvailability/v1.0">
 <vosi:available>false</vosi:available>
 <vosi:note>The database does not answer.</vosi:note>
 <vosi:note>The store is full.</vosi:note>
</vosi:availability>
`);
});
