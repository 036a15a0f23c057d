import { languageFeatures, type Catalog } from '../../adql/index.ts';
import { resultFormats } from '../format/result-formats.ts';
import type { OutputLimit } from '../tap/tap-request.ts';
import { element, optionalText, renderDocument, type XmlElement } from '../xml.ts';
import { namespaces } from './namespaces.ts';

/** What `/capabilities` tells of this service besides what is fixed. */
export interface Capabilities {
  /** Public URL without trailing slash. */
  readonly baseUrl: string;
  readonly outputLimit: OutputLimit;
  /** Of asynchronous jobs, in seconds: how long they may run and are kept. */
  readonly executionDuration: Limit;
  readonly retention: Limit;
  /** Bytes that one request may upload. */
  readonly uploadBytes: number;
  readonly catalog: Catalog;
}

interface Limit {
  readonly default: number;
  readonly hard: number;
}

/** `/capabilities` (VOSI 1.1; TAPRegExt 1.0): only what works. */
export function capabilitiesDocument(capabilities: Capabilities): string {
  const { baseUrl } = capabilities;
  const vosi = 'ivo://ivoa.net/std/VOSI';
  return renderDocument(
    element(
      'vosi:capabilities',
      {
        'xmlns:vosi': 'http://www.ivoa.net/xml/VOSICapabilities/v1.0',
        'xmlns:vr': namespaces.vr,
        'xmlns:vs': namespaces.vs,
        'xmlns:tr': namespaces.tr,
        'xmlns:xsi': namespaces.xsi,
      },
      [
        tapCapability(capabilities),
        vosiCapability(`${vosi}#capabilities`, '1.0', `${baseUrl}/capabilities`),
        vosiCapability(`${vosi}#availability`, '1.0', `${baseUrl}/availability`),
        vosiCapability(`${vosi}#tables-1.1`, '1.1', `${baseUrl}/tables`),
        examplesCapability(`${baseUrl}/examples`),
      ],
    ),
  );
}

/** The order is that of TAPRegExt's schema. */
function tapCapability(capabilities: Capabilities): XmlElement {
  const { baseUrl, outputLimit, retention, executionDuration, uploadBytes, catalog } = capabilities;
  const attributes = { standardID: 'ivo://ivoa.net/std/TAP', 'xsi:type': 'tr:TableAccess' };
  return element('capability', attributes, [
    paramHttp('1.1', element('accessURL', { use: 'base' }, [baseUrl])),
    ...dataModels(catalog),
    language(),
    ...resultFormats.map(outputFormat),
    ...['inline', 'http', 'https'].map(uploadMethod),
    limits('retentionPeriod', {}, retention),
    limits('executionDuration', {}, executionDuration),
    limits('outputLimit', { unit: 'row' }, outputLimit),
    limits('uploadLimit', { unit: 'byte' }, { default: uploadBytes, hard: uploadBytes }),
  ]);
}

function vosiCapability(standardID: string, version: string, url: string): XmlElement {
  const accessUrl = element('accessURL', { use: 'full' }, [url]);
  return element('capability', { standardID }, [paramHttp(version, accessUrl)]);
}

/** DALI 1.1, "DALI-examples": a page for browsers, and no parameters. */
function examplesCapability(url: string): XmlElement {
  const accessUrl = element('accessURL', { use: 'full' }, [url]);
  return element('capability', { standardID: 'ivo://ivoa.net/std/DALI#examples' }, [
    element('interface', { 'xsi:type': 'vr:WebBrowser' }, [accessUrl]),
  ]);
}

function paramHttp(version: string, accessUrl: XmlElement): XmlElement {
  return element('interface', { 'xsi:type': 'vs:ParamHTTP', role: 'std', version }, [accessUrl]);
}

function dataModels(catalog: Catalog): readonly XmlElement[] {
  const hasObsCore = catalog.tables.some(
    ({ schema, name }) => `${schema}.${name}`.toLowerCase() === 'ivoa.obscore',
  );
  const id = 'ivo://ivoa.net/std/ObsCore#core-1.1';
  return hasObsCore ? [element('dataModel', { 'ivo-id': id }, ['ObsCore-1.1'])] : [];
}

function language(): XmlElement {
  const groups = [...new Set(languageFeatures.map(({ group }) => group))];
  return element('language', {}, [
    element('name', {}, ['ADQL']),
    ...['2.1', '2.0'].map((version) =>
      element('version', { 'ivo-id': `ivo://ivoa.net/std/ADQL#v${version}` }, [version]),
    ),
    element('description', {}, ['The Astronomical Data Query Language']),
    ...groups.map(languageFeatureGroup),
  ]);
}

/** ADQL 2.1 spells `tapregext` in lower case; older clients know only this spelling, newer ones both. */
function languageFeatureGroup(group: (typeof languageFeatures)[number]['group']): XmlElement {
  const type = `ivo://ivoa.net/std/TAPRegExt#features-${group}`;
  return element(
    'languageFeatures',
    { type },
    languageFeatures
      .filter((feature) => feature.group === group)
      .map(({ form, description }) =>
        element('feature', {}, [
          element('form', {}, [form]),
          ...optionalText('description', description),
        ]),
      ),
  );
}

function outputFormat(format: (typeof resultFormats)[number]): XmlElement {
  return element('outputFormat', { 'ivo-id': format.standardId }, [
    element('mime', {}, [format.mediaType]),
    ...format.aliases.map((alias) => element('alias', {}, [alias])),
  ]);
}

function uploadMethod(name: string): XmlElement {
  const id = `ivo://ivoa.net/std/TAPRegExt#upload-${name}`;
  return element('uploadMethod', { 'ivo-id': id });
}

function limits(name: string, unit: { readonly unit?: string }, limit: Limit): XmlElement {
  return element(name, {}, [
    element('default', { ...unit }, [String(limit.default)]),
    element('hard', { ...unit }, [String(limit.hard)]),
  ]);
}
