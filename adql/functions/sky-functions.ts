import type { Signature } from './signature.ts';
import { udf } from './udf.ts';

const number = 'DOUBLE PRECISION';

/** Of the IVOA's catalogue of user defined functions, those about positions and statistics. */
export const skyFunctions: readonly Signature[] = [
  udf(
    'ivo_healpix_index',
    { hpxOrder: 'INTEGER', long: number, lat: number },
    {
      result: 'BIGINT',
      ucd: 'pos.healpix',
      description:
        'The NESTED number of the HEALPix pixel of order 0 to 29 around a position, degrees.',
    },
  ),
  udf(
    'ivo_healpix_index',
    { hpxOrder: 'INTEGER', p: 'POINT' },
    {
      result: 'BIGINT',
      ucd: 'pos.healpix',
      description: 'The NESTED number of the HEALPix pixel of order 0 to 29 around a point.',
    },
  ),
  udf(
    'ivo_healpix_center',
    { hpxOrder: 'INTEGER', hpxIndex: 'BIGINT' },
    {
      result: 'POINT',
      description: 'The centre of the HEALPix pixel of that order and NESTED number.',
    },
  ),
  udf(
    'ivo_epoch_prop_pos',
    {
      ra: number,
      dec: number,
      parallax: number,
      pmra: number,
      pmdec: number,
      radial_velocity: number,
      ref_epoch: number,
      out_epoch: number,
    },
    {
      result: 'POINT',
      description:
        'Where a star is at another epoch that moves straight through space: degrees, mas, mas/yr (pmra ' +
        'with cos dec), km/s and Julian years. Without a parallax it is infinitely far; other unknown ' +
        'motions are 0.',
    },
  ),
  ...(['POINT', 'CIRCLE', 'POLYGON', 'REGION'] as const).map((shape) =>
    udf(
      'ivo_geom_transform',
      { from_sys: 'VARCHAR', to_sys: 'VARCHAR', geo: shape },
      {
        result: shape,
        description:
          "The shape in another system; there are 'ICRS', 'FK5' (J2000), 'FK4' (B1950) and 'GALACTIC'.",
      },
    ),
  ),
  udf(
    'ivo_normal_random',
    { mu: number, sigma: number },
    { result: number, description: 'A random number of the normal distribution.' },
  ),
  {
    ...udf(
      'ivo_histogram',
      { val: number, lower: number, upper: number, nbins: 'INTEGER' },
      {
        result: 'INTEGER[]',
        description:
          'How many values of a group fall into each of nbins equal bins from lower to upper; before ' +
          'them those below (NULLs too), behind them those above.',
      },
    ),
    aggregate: true,
  },
];
