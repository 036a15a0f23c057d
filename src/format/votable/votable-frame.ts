import { softwareVersion } from '../../package-root.ts';
import {
  element,
  renderDocument,
  renderElement,
  type XmlElement,
  type XmlMarker,
} from '../../xml.ts';
import type { Outcome, ResultHead } from '../result-format.ts';
import { coordinateSystems, fieldElement, type FieldColumn } from './field.ts';

/** What stands before the rows of a VOTable. */
interface VotableHead extends ResultHead {
  readonly columns: readonly FieldColumn[];
}

/** Everything of a VOTable but its rows. */
export interface VotableFrame {
  readonly head: Buffer;
  readonly foot: (outcome: Outcome) => Buffer;
}

/** Where the rows stand inside the element of the serialization. */
export const rowsMarker: XmlMarker = { marker: 'rows' };

const dateMarker: XmlMarker = { marker: 'request_date' };
const statusMarker: XmlMarker = { marker: 'query_status' };

/** The document cut at the lines of its markers: what stands before each, and behind the last. */
interface Template {
  readonly query: string;
  readonly data: XmlElement;
  readonly parts: readonly string[];
}

/**
 * A head of 34 FIELDs takes 1.7 ms to build and queries repeat, so it is kept as long as the
 * columns of the (cached) translation are.
 */
const templates = new WeakMap<VotableHead['columns'], Template>();

/** @param data the element in DATA: TABLEDATA, BINARY2..., holding `rowsMarker`. */
export function votableFrame(head: VotableHead, data: XmlElement): VotableFrame {
  const [untilDate = '', untilRows = '', untilStatus = '', rest = ''] = templateOf(
    head,
    data,
  ).parts;
  return {
    head: Buffer.from(untilDate + requestDateLine(head) + untilRows),
    foot: (outcome) => Buffer.from(untilStatus + trailingStatus(outcome) + rest),
  };
}

/** The document without DATA: what other files carry to describe their columns. */
export function datalessVotable(head: VotableHead, outcome: Outcome): string {
  const [untilDate = '', untilStatus = '', rest = ''] = cutAtMarkers(votableDocument(head, null));
  return untilDate + requestDateLine(head) + untilStatus + trailingStatus(outcome) + rest;
}

/** Digits and letters of our own, so no work for xmlbuilder2: it took a sixth of a small query. */
function requestDateLine({ requestDate }: ResultHead): string {
  return `\n <INFO name="request_date" value="${requestDate}"/>`;
}

function cutAtMarkers(document: XmlElement): readonly string[] {
  return renderDocument(document).split(/\n *<\?\w+\?>/);
}

function templateOf(head: VotableHead, data: XmlElement): Template {
  const known = templates.get(head.columns);
  if (known?.query === head.query && known.data === data) return known;
  const parts = cutAtMarkers(votableDocument(head, data));
  const template = { query: head.query, data, parts };
  templates.set(head.columns, template);
  return template;
}

/** In the order that the schema wants (VOTable 1.4): INFO, then COOSYS and TIMESYS, then TABLE. */
function votableDocument(head: VotableHead, data: XmlElement | null): XmlElement {
  const table = element('TABLE', { name: 'result' }, [
    ...head.columns.map(fieldElement),
    ...(data === null ? [] : [element('DATA', {}, [data])]),
  ]);
  return votable([
    info('server_software', softwareVersion),
    info('service_protocol', 'ivo://ivoa.net/std/TAP'),
    dateMarker,
    element('RESOURCE', { type: 'results' }, [
      info('QUERY_STATUS', 'OK'),
      info('query', head.query),
      ...head.warnings.map((warning) => info('warning', firstLine(warning), warning)),
      ...coordinateSystems(head.columns),
      table,
      statusMarker,
    ]),
  ]);
}

/** The root: older readers refuse version numbers above 1.4, and nothing here needs them. */
export function votable(children: XmlElement['children']): XmlElement {
  const attributes = { xmlns: 'http://www.ivoa.net/xml/VOTable/v1.3', version: '1.4' };
  return element('VOTABLE', attributes, children);
}

export function info(name: string, value: string, text?: string): XmlElement {
  return element('INFO', { name, value }, text === undefined ? [] : [text]);
}

/** The leading status says OK, as nobody knows better yet; only another one is told (DALI, 4.4). */
function trailingStatus(outcome: Outcome): string {
  switch (outcome.status) {
    case 'OK':
      return '';
    case 'OVERFLOW':
      return `\n  ${renderElement(info('QUERY_STATUS', 'OVERFLOW'))}`;
    case 'ERROR':
      return `\n  ${renderElement(info('QUERY_STATUS', 'ERROR', outcome.message))}`;
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
