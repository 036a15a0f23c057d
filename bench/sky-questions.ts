import type { SqlStatement } from '../adql/index.ts';
import {
  angle,
  destination,
  distanceToBorder,
  type Position,
  type Star,
  vector,
} from '../test/sky/reference.ts';
import type { Content } from './sky-content.ts';

/** One question about the sky around a position, in ADQL and as others ask it of PostgreSQL. */
export interface Question {
  readonly name: string;
  readonly contents: readonly Content[];
  /** What is looked for: conditions on positions, on regions, or pairs of positions. */
  readonly kind: 'cone' | 'region' | 'match';
  /** @param columns what to select, with the table's name `o` before each */
  readonly adql: (at: Position, columns: string) => string;
  readonly peers: Readonly<Partial<Record<Peer, (at: Position, columns: string) => SqlStatement>>>;
  /** How many different places are asked; a cross-match has none of its own. */
  readonly places: number;
  /** Degrees from the border between yes and no, by the tests' own geometry: tells why answers differ. */
  readonly margin: (at: Position, row: SkyRow) => number;
}

export interface SkyRow {
  readonly position: Position;
  /** Corners of s_region. */
  readonly corners: readonly Position[];
}

/**
 * `joined`: pgSphere with a table of the different footprints, made by hand. q3c is asked in both of its
 * ways, as a filter and as a join with one row.
 */
export type Peer = 'pgSphere' | 'pgSphere, joined' | 'q3c filter' | 'q3c join';

const both: readonly Content[] = ['tess', 'small'];

function statement(text: string, numbers: readonly number[]): SqlStatement {
  return { text, values: numbers.map(String), types: numbers.map(() => 'double precision') };
}

const table = 'ivoa.obscore AS o';

function select(condition: string, numbers: readonly number[]): (columns: string) => SqlStatement {
  return (columns) => statement(`SELECT ${columns} FROM ${table} WHERE ${condition}`, numbers);
}

function selectJoined(
  condition: string,
  numbers: readonly number[],
): (columns: string) => SqlStatement {
  const from = `peer.footprint AS f JOIN ${table} ON sky.region_id(o.s_region) = f.region_id`;
  return (columns) => statement(`SELECT ${columns} FROM ${from} WHERE ${condition}`, numbers);
}

const sphericalPosition = 'spoint(radians(o.s_ra), radians(o.s_dec))';
const sphericalCircle = 'scircle(spoint(radians($1), radians($2)), radians($3))';

function cone(name: string, radius: number): Question {
  return {
    name: `cone of ${name}`,
    contents: both,
    kind: 'cone',
    places: 10,
    margin: (at, { position }) => Math.abs(distance(at, position) - radius),
    adql: ([lon, lat], columns) =>
      `SELECT ${columns} FROM ${table} WHERE CONTAINS(POINT(o.s_ra, o.s_dec), ` +
      `CIRCLE(${String(lon)}, ${String(lat)}, ${String(radius)})) = 1`,
    peers: {
      pgSphere: (at, columns) =>
        select(`${sphericalPosition} <@ ${sphericalCircle}`, [...at, radius])(columns),
      'q3c filter': (at, columns) =>
        select('q3c_radial_query(o.s_ra, o.s_dec, $1, $2, $3)', [...at, radius])(columns),
      'q3c join': (at, columns) =>
        statement(
          `SELECT ${columns} FROM (VALUES ($1, $2)) AS v(a, b), ${table} WHERE q3c_join(a, b, o.s_ra, o.s_dec, $3)`,
          [...at, radius],
        ),
    },
  };
}

/** The corners of a square around a position, degrees. */
function square(at: Position, side: number): readonly number[] {
  return squareStar(at, side).vertices.flat();
}

function squareStar(at: Position, side: number): Star {
  const bearings = [45, 135, 225, 315];
  const vertices = bearings.map((bearing) => destination(at, bearing, side * Math.SQRT1_2));
  return { centre: at, vertices };
}

function distance(a: Position, b: Position): number {
  return angle(vector(a), vector(b));
}

function footprint({ position, corners }: SkyRow): Star {
  return { centre: position, vertices: corners };
}

function polygonOf(corners: readonly number[]): string {
  return `POLYGON(${corners.map(String).join(', ')})`;
}

const sphericalSquare = `spoly(format('{(%sd,%sd),(%sd,%sd),(%sd,%sd),(%sd,%sd)}', $1, $2, $3, $4, $5, $6, $7, $8))`;

function positionsInSquare(side: number): Question {
  return {
    name: `positions in a polygon of ${String(side)} degrees`,
    contents: both,
    kind: 'cone',
    places: 10,
    margin: (at, { position }) => distanceToBorder(squareStar(at, side), vector(position)),
    adql: (at, columns) =>
      `SELECT ${columns} FROM ${table} WHERE CONTAINS(POINT(o.s_ra, o.s_dec), ${polygonOf(square(at, side))}) = 1`,
    peers: {
      pgSphere: (at, columns) =>
        select(`${sphericalPosition} <@ ${sphericalSquare}`, square(at, side))(columns),
      'q3c filter': (at, columns) =>
        select(
          'q3c_poly_query(o.s_ra, o.s_dec, ARRAY[$1, $2, $3, $4, $5, $6, $7, $8])',
          square(at, side),
        )(columns),
    },
  };
}

interface RegionQuestion {
  readonly name: string;
  readonly contents: readonly Content[];
  /** ADQL's condition at a position. */
  readonly condition: (at: Position) => string;
  /** pgSphere's operator and operand behind the polygon, and the values of its placeholders. */
  readonly operator: string;
  readonly numbers: (at: Position) => readonly number[];
  readonly margin: Question['margin'];
}

function regions(question: RegionQuestion): Question {
  const { condition, operator, numbers, ...named } = question;
  return {
    ...named,
    kind: 'region',
    places: 10,
    adql: (at, columns) => `SELECT ${columns} FROM ${table} WHERE ${condition(at)} = 1`,
    peers: {
      pgSphere: (at, columns) => select(`o.peer_polygon ${operator}`, numbers(at))(columns),
      'pgSphere, joined': (at, columns) =>
        selectJoined(`f.polygon ${operator}`, numbers(at))(columns),
    },
  };
}

function circleMeets(radius: number): Question {
  return regions({
    name: `s_region meets a circle of ${String(radius)} degrees`,
    contents: both,
    condition: ([lon, lat]) =>
      `INTERSECTS(o.s_region, CIRCLE(${String(lon)}, ${String(lat)}, ${String(radius)}))`,
    operator: `&& ${sphericalCircle}`,
    numbers: (at) => [...at, radius],
    margin: (at, row) => Math.abs(distanceToBorder(footprint(row), vector(at)) - radius),
  });
}

function polygonMeets(side: number): Question {
  return regions({
    name: `s_region meets a polygon of ${String(side)} degrees`,
    contents: both,
    condition: (at) => `INTERSECTS(o.s_region, ${polygonOf(square(at, side))})`,
    operator: `&& ${sphericalSquare}`,
    numbers: (at) => square(at, side),
    margin: (at, row) => {
      const [one, other] = [squareStar(at, side), footprint(row)];
      return Math.min(
        ...one.vertices.map((vertex) => distanceToBorder(other, vector(vertex))),
        ...other.vertices.map((vertex) => distanceToBorder(one, vector(vertex))),
      );
    },
  });
}

function liesWithin(radius: number, contents: readonly Content[]): Question {
  return regions({
    name: `s_region within a circle of ${String(radius)} degrees`,
    contents,
    condition: ([lon, lat]) =>
      `CONTAINS(o.s_region, CIRCLE(${String(lon)}, ${String(lat)}, ${String(radius)}))`,
    operator: `@ ${sphericalCircle}`,
    numbers: (at) => [...at, radius],
    margin: (at, { corners }) =>
      Math.abs(Math.max(...corners.map((corner) => distance(at, corner))) - radius),
  });
}

const pointInRegion = regions({
  name: 's_region around a point',
  contents: both,
  condition: ([lon, lat]) => `CONTAINS(POINT(${String(lon)}, ${String(lat)}), o.s_region)`,
  operator: '~ spoint(radians($1), radians($2))',
  numbers: (at) => at,
  margin: (at, row) => distanceToBorder(footprint(row), vector(at)),
});

function crossMatch(name: string, radius: number, content: Content): Question {
  const from = `lab.target AS t, ${table}`;
  return {
    name: `10,000 positions matched within ${name}`,
    contents: [content],
    kind: 'match',
    places: 1,
    margin: (at, { position }) => Math.abs(distance(at, position) - radius),
    adql: (_, columns) =>
      `SELECT t.id, ${columns} FROM lab.target AS t JOIN ${table} ` +
      `ON DISTANCE(POINT(t.ra, t.dec), POINT(o.s_ra, o.s_dec)) < ${String(radius)}`,
    peers: {
      pgSphere: (_, columns) =>
        statement(
          `SELECT t.id, ${columns} FROM ${from} WHERE ${sphericalPosition} <@ scircle(spoint(radians(t.ra), radians(t.dec)), radians($1))`,
          [radius],
        ),
      'q3c join': (_, columns) =>
        statement(
          `SELECT t.id, ${columns} FROM ${from} WHERE q3c_join(t.ra, t.dec, o.s_ra, o.s_dec, $1)`,
          [radius],
        ),
    },
  };
}

export const questions: readonly Question[] = [
  cone('1 arcsec', 1 / 3600),
  cone('0.01 degrees', 0.01),
  cone('1 degree', 1),
  cone('10 degrees', 10),
  positionsInSquare(1),
  pointInRegion,
  circleMeets(0.1),
  circleMeets(1),
  polygonMeets(0.2),
  polygonMeets(2),
  liesWithin(1, ['small']),
  liesWithin(20, ['tess']),
  crossMatch('1 arcsec', 1 / 3600, 'small'),
  crossMatch('0.1 degrees', 0.1, 'tess'),
];
