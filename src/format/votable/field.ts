import type { OutputColumn } from '../../../adql/index.ts';
import { element, optionalText, type XmlElement } from '../../xml.ts';

/** A column as a FIELD tells of it. */
export interface FieldColumn extends OutputColumn {
  /** The number that stands for NULL, where the serialization has no other sign: VALUES/@null. */
  readonly nullText?: string;
}

/** A FIELD (VOTable 1.4, "FIELD"): what TAP_SCHEMA knows of the column, under the query's name. */
export function fieldElement(column: FieldColumn): XmlElement {
  return element(
    'FIELD',
    {
      name: column.name,
      datatype: column.datatype,
      arraysize: arraysizeOf(column),
      xtype: given(column.xtype),
      unit: given(column.unit),
      ucd: given(column.ucd),
      utype: given(column.utype),
      ref: systemOf(column)?.id ?? null,
    },
    [
      ...optionalText('DESCRIPTION', column.description),
      ...(column.nullText === undefined ? [] : [element('VALUES', { null: column.nullText })]),
    ],
  );
}

/** `arraysize="1"` is a scalar to some readers and an array to others: never written. */
function arraysizeOf(column: OutputColumn): string | null {
  return column.arraysize === '1' ? null : given(column.arraysize);
}

function given(text: string | null): string | null {
  return text === '' ? null : text;
}

/** What coordinates or times are measured in; columns refer to it by its ID. */
interface CoordinateSystem {
  readonly id: string;
  readonly appliesTo: (column: OutputColumn) => boolean;
  readonly element: XmlElement;
}

/**
 * Equatorial positions here are ICRS (ObsCore 1.1, "s_ra, s_dec"), known by their primary UCD.
 * ObsCore's times are MJD in UTC, known by their utypes: a UCD does not tell MJD from JD.
 */
const systems: readonly CoordinateSystem[] = [
  {
    id: 'icrs',
    appliesTo: ({ ucd }) => /^pos\.(eq|outline)\b/i.test(ucd ?? ''),
    element: element('COOSYS', { ID: 'icrs', system: 'ICRS' }),
  },
  {
    id: 'mjdutc',
    appliesTo: ({ utype, unit }) =>
      unit === 'd' &&
      /Char\.TimeAxis\.Coverage\.Bounds\.Limits\.(StartTime|StopTime)$/i.test(utype ?? ''),
    element: element('TIMESYS', {
      ID: 'mjdutc',
      timescale: 'UTC',
      refposition: 'UNKNOWN',
      timeorigin: 'MJD-origin',
    }),
  },
];

function systemOf(column: OutputColumn): CoordinateSystem | undefined {
  return systems.find((system) => system.appliesTo(column));
}

/** The systems that some column refers to. */
export function coordinateSystems(columns: readonly OutputColumn[]): readonly XmlElement[] {
  return systems
    .filter((system) => columns.some((column) => systemOf(column) === system))
    .map((system) => system.element);
}
