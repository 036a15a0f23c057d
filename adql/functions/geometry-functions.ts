/** ADQL 2.1, "Geometrical functions"; BOX and COORDSYS are deprecated there but must work. */
export const geometryFunctions = [
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
] as const;

export type GeometryFunction = (typeof geometryFunctions)[number];

/** The geometrical function of that name in any case; null when there is none. */
export function geometryFunctionCalled(name: string): GeometryFunction | null {
  const upperCase = name.toUpperCase();
  return geometryFunctions.find((known) => known === upperCase) ?? null;
}
