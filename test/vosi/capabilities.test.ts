import { expect, test } from '@jest/globals';
import type { CatalogTable } from '../../adql/index.ts';
import { type Capabilities, capabilitiesDocument } from '../../src/vosi/capabilities.ts';

const obscore: CatalogTable = {
  schema: 'ivoa',
  name: 'ObsCore',
  sqlSchema: 'ivoa',
  sqlName: 'obscore',
  type: 'table',
  description: null,
  utype: null,
  columns: [],
};

const capabilities: Capabilities = {
  baseUrl: 'https://example.org/tap',
  outputLimit: { default: 1000, hard: 5000 },
  executionDuration: { default: 600, hard: 7200 },
  retention: { default: 604_800, hard: 2_592_000 },
  uploadBytes: 1_000_000,
  catalog: { version: '1', tables: [obscore] },
};

test('capabilities begin with TAP, whose elements stand in the order of the schema', () => {
  const document = capabilitiesDocument(capabilities);
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
  <uploadMethod ivo-id="ivo://ivoa.net/std/TAPRegExt#upload-inline"/>
  <uploadMethod ivo-id="ivo://ivoa.net/std/TAPRegExt#upload-http"/>
  <uploadMethod ivo-id="ivo://ivoa.net/std/TAPRegExt#upload-https"/>
  <retentionPeriod>
   <default>604800</default>
   <hard>2592000</hard>
  </retentionPeriod>
  <executionDuration>
   <default>600</default>
   <hard>7200</hard>
  </executionDuration>
  <outputLimit>
   <default unit="row">1000</default>
   <hard unit="row">5000</hard>
  </outputLimit>
  <uploadLimit>
   <default unit="byte">1000000</default>
   <hard unit="byte">1000000</hard>
  </uploadLimit>
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
 <capability standardID="ivo://ivoa.net/std/DALI#examples">
  <interface xsi:type="vr:WebBrowser">
   <accessURL use="full">https://example.org/tap/examples</accessURL>
  </interface>
 </capability>
</vosi:capabilities>
`);
});

test('capabilities declare each output format with its other names', () => {
  const document = capabilitiesDocument(capabilities);
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
    ...capabilities,
    catalog: { version: '1', tables: [] },
  });
  const udfs = /features-udf">[^]*?<\/languageFeatures>/.exec(document)?.[0] ?? '';
  const forms = Array.from(udfs.matchAll(/<form>(.*?)<\/form>/g), ([, form = '']) => form);
  expect(forms.length).toBeGreaterThan(0);
  for (const form of forms) {
    expect(form).toMatch(/^\w+\((\w+ [A-Z]+( [A-Z]+)?(, )?)*\) -&gt; [A-Z]+( [A-Z]+)?(\[\])?$/);
  }
  expect(document).not.toContain('ObsCore');
});
