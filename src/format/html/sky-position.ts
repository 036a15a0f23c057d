import type { OutputColumn } from '../../../adql/index.ts';
import { link } from './html-text.ts';

/** The columns of a position, by their places from 0. */
export interface SkyPosition {
  readonly longitude: number;
  readonly latitude: number;
}

/** The first two columns that hold ICRS degrees, by their UCDs; null when a row has no position. */
export function skyPositionIn(columns: readonly OutputColumn[]): SkyPosition | null {
  const longitude = columns.findIndex((column) => isCoordinate(column, 'pos.eq.ra'));
  const latitude = columns.findIndex((column) => isCoordinate(column, 'pos.eq.dec'));
  return longitude === -1 || latitude === -1 ? null : { longitude, latitude };
}

function isCoordinate({ ucd, unit, sqlType }: OutputColumn, word: string): boolean {
  const isNumber = sqlType === 'double precision' || sqlType === 'real';
  return isNumber && unit === 'deg' && (ucd ?? '').toLowerCase().split(';')[0] === word;
}

/** Degrees; how much of the sky around a position is shown at first. */
const fieldOfView = '0.5';

/** A cell with a link to the sky around the position of a row; empty where that has none. */
export function skyCell(row: readonly (string | null)[], position: SkyPosition): string {
  const [longitude, latitude] = [row[position.longitude], row[position.latitude]].map(Number);
  const isThere = row[position.longitude] !== null && row[position.latitude] !== null;
  if (!isThere || !Number.isFinite(longitude) || !Number.isFinite(latitude)) return '<td></td>';
  const target = `${String(longitude)} ${String(latitude)}`;
  const query = new URLSearchParams({ target, fov: fieldOfView }).toString();
  return `<td>${link(`https://aladin.cds.unistra.fr/AladinLite/?${query}`, 'Aladin Lite')}</td>`;
}
