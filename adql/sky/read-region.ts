import { box, polygon } from './polygon.ts';
import { circle, ImpossibleShape, point, readNumber, type Shape } from './shape.ts';

/**
 * Reads the text of REGION('...'): the subset of STC-S that sky.region_literal of
 * schema/022-sky-regions.sql reads, and DALI's text of shapes.
 *
 *     region = shape {shape}                                       (several: any of them)
 *     shape  = (POSITION | POINT | CIRCLE | BOX | POLYGON | RANGE) words numbers
 *            | (UNION | INTERSECTION) words ( shape {shape} ) | NOT words ( shape )
 *
 * @returns the shape when it is just one in ICRS; null for a combination, a RANGE or coordinates of
 *   another frame, which the database computes from the text
 * @throws ImpossibleShape when the text cannot be read
 */
export function readRegion(text: string): Shape | null {
  const spaced = text.toUpperCase().replaceAll(/[()]/g, ' $& ');
  const reader: Reader = { words: spaced.split(/[\s,]+/).filter((word) => word !== ''), next: 0 };
  const shapes: (Shape | null)[] = [];
  do shapes.push(readShape(reader, 0));
  while (reader.next < reader.words.length);
  return shapes.length === 1 ? (shapes[0] ?? null) : null;
}

interface Reader {
  readonly words: readonly string[];
  next: number;
}

const combinations: ReadonlySet<string> = new Set(['UNION', 'INTERSECTION', 'NOT']);
const shapeNames: ReadonlySet<string> = new Set([
  ...['POSITION', 'POINT', 'CIRCLE', 'BOX', 'POLYGON', 'RANGE'],
  ...combinations,
]);
const maximumDepth = 20;

function readShape(reader: Reader, depth: number): Shape | null {
  const name = reader.words[reader.next] ?? '';
  if (!shapeNames.has(name)) throw unreadable(name);
  if (depth > maximumDepth) throw new ImpossibleShape('The region is nested too deeply.');
  reader.next += 1;
  const isElsewhere = readFrame(reader);
  if (combinations.has(name)) {
    readCombined(reader, name, depth);
    return null;
  }
  const shape = shapeOf(name, readNumbers(reader));
  return isElsewhere ? null : shape;
}

/** Words before the numbers; whether they say that the coordinates are of another frame than ICRS. */
function readFrame(reader: Reader): boolean {
  let isElsewhere = false;
  for (let word = reader.words[reader.next]; word !== undefined;) {
    if (!/^[A-Z]/.test(word) || shapeNames.has(word)) break;
    const meaning = frameWords[word];
    if (meaning === undefined) throw unreadable(word);
    isElsewhere ||= meaning === 'other';
    reader.next += 1;
    word = reader.words[reader.next];
  }
  return isElsewhere;
}

/** Besides GALACTIC and FK4, words that change no shape: frames that are ICRS for our purposes and others. */
const frameWords: Readonly<Partial<Record<string, 'other' | 'none'>>> = {
  GALACTIC: 'other',
  GALACTIC_II: 'other',
  FK4: 'other',
  B1950: 'other',
  ICRS: 'none',
  FK5: 'none',
  J2000: 'none',
  UNKNOWNFRAME: 'none',
  GSC1: 'none',
  GEOCENTER: 'none',
  TOPOCENTER: 'none',
  BARYCENTER: 'none',
  HELIOCENTER: 'none',
  LSR: 'none',
  UNKNOWNREFPOS: 'none',
  SPHERICAL2: 'none',
};

function readCombined(reader: Reader, name: string, depth: number): void {
  if (reader.words[reader.next] !== '(') {
    if (name !== 'NOT') throw new ImpossibleShape(`${name} needs its shapes in parentheses.`);
    readShape(reader, depth + 1);
    return;
  }
  reader.next += 1;
  do readShape(reader, depth + 1);
  while (reader.next < reader.words.length && reader.words[reader.next] !== ')');
  if (reader.words[reader.next] !== ')') {
    throw new ImpossibleShape('The region has a parenthesis that is not closed.');
  }
  reader.next += 1;
}

function readNumbers(reader: Reader): readonly number[] {
  const numbers: number[] = [];
  for (let word = reader.words[reader.next]; word !== undefined;) {
    if (!/^[-+.0-9]/.test(word)) break;
    const number = readNumber(word);
    if (number === null) throw new ImpossibleShape(`${word.slice(0, 40)} is no number.`);
    numbers.push(number);
    reader.next += 1;
    word = reader.words[reader.next];
  }
  return numbers;
}

/** Each shape's maker, and how many numbers it takes; null for what the database computes. */
const makers: Readonly<
  Partial<Record<string, readonly [count: number, make: (numbers: Numbers) => Shape | null]>>
> = {
  POSITION: [2, ([lon = 0, lat = 0]) => point(lon, lat)],
  POINT: [2, ([lon = 0, lat = 0]) => point(lon, lat)],
  CIRCLE: [3, ([lon = 0, lat = 0, radius = 0]) => circle(lon, lat, radius)],
  BOX: [4, ([lon = 0, lat = 0, width = 0, height = 0]) => box([lon, lat], width, height)],
  RANGE: [4, () => null],
};

type Numbers = readonly number[];

function shapeOf(name: string, numbers: Numbers): Shape | null {
  if (name === 'POLYGON' && numbers.length >= 6) return polygon(numbers);
  const [count, make] = makers[name] ?? [];
  if (make !== undefined && count === numbers.length) return make(numbers);
  throw new ImpossibleShape(
    `${name} with ${String(numbers.length)} numbers is no region: POSITION has 2, CIRCLE 3, BOX 4, ` +
      'POLYGON 6 or more.',
  );
}

function unreadable(word: string): ImpossibleShape {
  const problem = word === '' ? 'it ends too early' : `${word.slice(0, 40)} is not understood`;
  return new ImpossibleShape(
    `The region cannot be read: ${problem}. Write it like 'CIRCLE ICRS 10 20 0.5' or ` +
      "'POLYGON ICRS 10 20 11 20 11 21', in degrees.",
  );
}
