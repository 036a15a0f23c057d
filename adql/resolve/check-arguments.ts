import { AdqlError } from '../error.ts';
import type { Signature } from '../functions/signature.ts';
import { didYouMean } from './nearest-names.ts';
import type { ResolvedExpression } from './resolved.ts';
import { shortened } from './scope.ts';

interface Range {
  readonly least: number;
  readonly most: number;
  /** `HEALPix order`, `they run from 0 to 29` */
  readonly what: string;
  readonly limits: string;
}

const frames = ['ICRS', 'FK5', 'FK4', 'GALACTIC'];

/** Parameters that take certain words only, by name. */
const words: Readonly<Partial<Record<string, readonly string[]>>> = {
  from_sys: frames,
  to_sys: frames,
};

/** Parameters that take certain numbers only, by name. */
const ranges: Readonly<Partial<Record<string, Range>>> = {
  hpxOrder: { least: 0, most: 29, what: 'HEALPix order', limits: 'orders run from 0 to 29' },
  lat: {
    least: -90,
    most: 90,
    what: 'latitude',
    limits: 'latitudes run from -90 to 90 degrees',
  },
  nbins: { least: 1, most: 10_000, what: 'number of bins', limits: 'it runs from 1 to 10000' },
};

/** What the database would refuse too, but without the place in the query: literals that no function takes. */
export function checkArguments(
  { parameters }: Signature,
  values: readonly ResolvedExpression[],
): void {
  parameters.forEach(({ name }, index) => {
    const value = values[index];
    if (value?.kind !== 'literal' || value.value === null) return;
    checkWord(words[name], value.value, value.span);
    checkRange(ranges[name], value.value, value.span);
  });
}

function checkWord(
  known: readonly string[] | undefined,
  word: string,
  span: ResolvedExpression['span'],
): void {
  if (known === undefined || known.includes(word)) return;
  throw new AdqlError(
    'wrong-value',
    `There is no frame '${shortened(word)}' here: there are ICRS, FK5 (J2000), FK4 (B1950) and GALACTIC, ` +
      `in upper case.${didYouMean(word, known)}`,
    span,
  );
}

function checkRange(
  range: Range | undefined,
  text: string,
  span: ResolvedExpression['span'],
): void {
  const number = Number(text);
  if (range === undefined || (number >= range.least && number <= range.most)) return;
  throw new AdqlError(
    'wrong-value',
    `There is no ${range.what} ${shortened(text)}: ${range.limits}.`,
    span,
  );
}
