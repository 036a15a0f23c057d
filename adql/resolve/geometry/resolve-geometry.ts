import type { Span } from '../ast.ts';
import { AdqlError } from '../error.ts';

/** ADQL 2.1, "Geometrical functions". */
const geometryFunctions: ReadonlySet<string> = new Set([
  'AREA',
  'BOX',
  'CENTROID',
  'CIRCLE',
  'CONTAINS',
  'COORD1',
  'COORD2',
  'COORDSYS',
  'DISTANCE',
  'INTERSECTS',
  'POINT',
  'POLYGON',
  'REGION',
]);

export function isGeometryFunction(upperCaseName: string): boolean {
  return geometryFunctions.has(upperCaseName);
}

/** The one place where geometry is refused, until it is there. */
export function geometryNotSupported(what: string, span: Span): AdqlError {
  return new AdqlError(
    'unsupported',
    `${what} is geometry, which this service does not support yet. ` +
      'Compare s_ra and s_dec (degrees) with numbers instead.',
    span,
  );
}
