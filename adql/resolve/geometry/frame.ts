import { AdqlError } from '../../error.ts';
import type { ResolvedLiteral } from '../resolved.ts';
import { shortened } from '../scope.ts';

/** Frames that agree with ICRS to 0.03 arcsec, or that say nothing. */
const frames: ReadonlySet<string> = new Set([
  '',
  'ICRS',
  'FK5',
  'J2000',
  'UNKNOWNFRAME',
  'UNKNOWN',
]);

/** STC-S words behind a frame, which change nothing here. */
const otherWords: ReadonlySet<string> = new Set([
  ...['J2000', 'GEOCENTER', 'TOPOCENTER', 'BARYCENTER', 'HELIOCENTER', 'LSR', 'UNKNOWNREFPOS'],
  ...['RELOCATABLE', 'SPHERICAL2'],
]);

/**
 * The coordinate system of POINT('ICRS', ...), deprecated since ADQL 2.1. Everything here is ICRS: a
 * shape in another system would be a wrong answer, so that it is refused.
 */
export function checkFrame({ value, span }: ResolvedLiteral): void {
  const [frame = '', ...words] = (value ?? '').trim().toUpperCase().split(/\s+/);
  const isKnown = frames.has(frame) || otherWords.has(frame);
  if (isKnown && words.every((word) => otherWords.has(word))) return;
  throw new AdqlError(
    'unsupported',
    `Coordinates are ICRS here; '${shortened(value ?? '')}' is another system. Leave it out and give ` +
      "ICRS coordinates, or convert: ivo_geom_transform('GALACTIC', 'ICRS', POINT(lon, lat)).",
    span,
  );
}
