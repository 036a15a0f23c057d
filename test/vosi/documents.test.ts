import { expect, test } from '@jest/globals';
import type { Catalog, CatalogTable } from '../../adql/index.ts';
import type { TableSet } from '../../src/tap-schema/load-table-set.ts';
import { availabilityDocument } from '../../src/vosi/availability.ts';
import { capabilitiesDocument } from '../../src/vosi/capabilities.ts';
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

const catalog: Catalog = { version: '1', tables: [obscore, schemas] };

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
  expect(availabilityDocument(true, upSince)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<vosi:availability xmlns:vosi="http://www.ivoa.net/xml/VOSIAvailability/v1.0">
 <vosi:available>true</vosi:available>
 <vosi:upSince>2026-01-01T00:00:00.000Z</vosi:upSince>
 <vosi:note>ready</vosi:note>
</vosi:availability>
`);
  expect(availabilityDocument(false, upSince)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<vosi:availability xmlns:vosi="http://www.ivoa.net/xml/VOSIAvailability/v1.0">
 <vosi:available>false</vosi:available>
 <vosi:note>The database does not answer.</vosi:note>
</vosi:availability>
`);
});

test('capabilities begin with TAP, whose elements stand in the order of the schema', () => {
  const document = capabilitiesDocument({
    baseUrl: 'https://example.org/tap',
    outputLimit: { default: 1000, hard: 5000 },
    executionDuration: 60,
    catalog,
  });
  const features = /\n *<languageFeatures[^]*<\/languageFeatures>/;
  const formats = /\n *<outputFormat[^]*<\/outputFormat>/;
  expect(document.replace(features, '').replace(formats, ''))
    .toBe(`<?xml version="1.0" encoding="UTF-8"?>
<vosi:capabilities xmlns:vosi="http://www.ivoa.net/xml/VOSICapabilities/v1.0" xmlns:vr="http://www.ivoa.net/xml/VOResource/v1.0" xmlns:vs="http://www.ivoa.net/xml/VODataService/v1.1" xmlns:tr="http://www.ivoa.net/xml/TAPRegExt/v1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <capability standardID="ivo://ivoa.net/std/TAP" xsi:type="tr:TableAccess">
  <interface xsi:type="vs:ParamHTTP" role="std" version="1.1">
   <accessURL use="base">https://example.org/tap</accessURL>
  </interface>
  <dataModel ivo-id="ivo://ivoa.net/std/ObsCore#core-1.1">ObsCore-1.1</dataModel>
  <language>
   <name>ADQL</name>
   <version ivo-id="ivo://ivoa.net/std/ADQL#v2.1">2.1</version>
   <version ivo-id="ivo://ivoa.net/std/ADQL#v2.0">2.0</version>
   <description>The Astronomical Data Query Language</description>
  </language>
  <executionDuration>
   <default>60</default>
   <hard>60</hard>
  </executionDuration>
  <outputLimit>
   <default unit="row">1000</default>
   <hard unit="row">5000</hard>
  </outputLimit>
 </capability>
 <capability standardID="ivo://ivoa.net/std/VOSI#capabilities">
  <interface xsi:type="vs:ParamHTTP" role="std" version="1.0">
   <accessURL use="full">https://example.org/tap/capabilities</accessURL>
  </interface>
 </capability>
 <capability standardID="ivo://ivoa.net/std/VOSI#availability">
  <interface xsi:type="vs:ParamHTTP" role="std" version="1.0">
   <accessURL use="full">https://example.org/tap/availability</accessURL>
  </interface>
 </capability>
 <capability standardID="ivo://ivoa.net/std/VOSI#tables-1.1">
  <interface xsi:type="vs:ParamHTTP" role="std" version="1.1">
   <accessURL use="full">https://example.org/tap/tables</accessURL>
  </interface>
 </capability>
</vosi:capabilities>
`);
});

test('capabilities declare each output format with its other names', () => {
  const document = capabilitiesDocument({
    baseUrl: 'https://example.org/tap',
    outputLimit: { default: 1000, hard: 5000 },
    executionDuration: 60,
    catalog,
  });
  expect(document).toContain(`
  <outputFormat ivo-id="ivo://ivoa.net/std/TAPRegExt#output-votable-td">
   <mime>application/x-votable+xml;serialization=TABLEDATA</mime>
   <alias>votable/td</alias>
   <alias>votable/tabledata</alias>
   <alias>text/xml;serialization=tabledata</alias>
  </outputFormat>
`);
  expect(document).toContain(`
  <outputFormat>
   <mime>text/csv;header=present</mime>
   <alias>csv</alias>
   <alias>text/csv</alias>
  </outputFormat>
`);
});

test('capabilities declare UDFs in the form that clients parse, and ObsCore only where it is', () => {
  const document = capabilitiesDocument({
    baseUrl: 'https://example.org/tap',
    outputLimit: { default: 1000, hard: 5000 },
    executionDuration: 60,
    catalog: { version: '1', tables: [schemas] },
  });
  const udfs = /features-udf">[^]*?<\/languageFeatures>/.exec(document)?.[0] ?? '';
  const forms = Array.from(udfs.matchAll(/<form>(.*?)<\/form>/g), ([, form = '']) => form);
  expect(forms.length).toBeGreaterThan(0);
  for (const form of forms) {
    expect(form).toMatch(/^\w+\((\w+ [A-Z]+( [A-Z]+)?(, )?)*\) -&gt; [A-Z]+( [A-Z]+)?$/);
  }
  expect(document).not.toContain('ObsCore');
});
