import type { Signature } from './signature.ts';
import { udf } from './udf.ts';

/** Of the IVOA's catalogue of user defined functions (Endorsed Note 1.2, 2024-11-07). */
export const ivoaFunctions: readonly Signature[] = [
  udf(
    'ivo_nocasematch',
    { value: 'VARCHAR', pattern: 'VARCHAR' },
    {
      result: 'INTEGER',
      description: '1 if the value matches the LIKE pattern whatever the case, else 0.',
    },
  ),
  udf(
    'ivo_hasword',
    { haystack: 'VARCHAR', needle: 'VARCHAR' },
    {
      result: 'INTEGER',
      description: '1 if every word of the needle is a word of the haystack, in any case, else 0.',
    },
  ),
  udf(
    'ivo_hashlist_has',
    { hashlist: 'VARCHAR', item: 'VARCHAR' },
    {
      result: 'INTEGER',
      description: '1 if the item is in the list of items separated by #, in any case, else 0.',
    },
  ),
  udf(
    'ivo_interval_overlaps',
    {
      l1: 'DOUBLE PRECISION',
      h1: 'DOUBLE PRECISION',
      l2: 'DOUBLE PRECISION',
      h2: 'DOUBLE PRECISION',
    },
    {
      result: 'INTEGER',
      description:
        '1 if the closed intervals l1..h1 and l2..h2 share a point, else 0; an interval whose ' +
        'lower limit exceeds the upper one overlaps nothing.',
    },
  ),
  udf(
    'ivo_to_jd',
    { d: 'TIMESTAMP' },
    {
      result: 'DOUBLE PRECISION',
      unit: 'd',
      ucd: 'same',
      description: 'The timestamp as Julian date, days.',
    },
  ),
  udf(
    'ivo_to_mjd',
    { d: 'TIMESTAMP' },
    {
      result: 'DOUBLE PRECISION',
      unit: 'd',
      ucd: 'same',
      description: 'The timestamp as modified Julian date, days.',
    },
  ),
  {
    ...udf(
      'ivo_string_agg',
      { expression: 'VARCHAR', delimiter: 'VARCHAR' },
      {
        result: 'VARCHAR',
        description:
          'All values of a group in one text, set apart by the delimiter; without NULLs.',
      },
    ),
    aggregate: true,
    sqlFunction: 'string_agg',
  },
  udf(
    'ivo_hms_to_degrees',
    { hms: 'VARCHAR' },
    {
      result: 'DOUBLE PRECISION',
      unit: 'deg',
      description:
        'Hours, minutes, seconds (h:m:s, hhmmss or 1h2m3s) in degrees; NULL if it cannot be read.',
    },
  ),
  udf(
    'ivo_dms_to_degrees',
    { dms: 'VARCHAR' },
    {
      result: 'DOUBLE PRECISION',
      unit: 'deg',
      description:
        'Degrees, minutes, seconds (d:m:s, ddmmss or 1d2m3s) in degrees; NULL if it cannot be read.',
    },
  ),
];
