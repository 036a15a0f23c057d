import { deeper, type Kind, type Scope } from './scope.ts';

type Shape = 'point' | 'circle' | 'polygon' | 'region';
type Writer = (scope: Scope) => string;

const value = (kind: Kind, scope: Scope): string => scope.write.value(kind, scope);

/** A shape, of numbers that are possible where they are known before the query runs. */
export function writeShape(shape: Shape, scope: Scope): string {
  const { draw } = scope;
  return draw.pick(scope.depth <= 0 ? known[shape] : [...known[shape], ...computed[shape]])(
    deeper(scope),
  );
}

const longitude: Writer = ({ draw }) => String(draw.nat(35_999) / 100);
const latitude: Writer = ({ draw }) => String(draw.nat(18_000) / 100 - 90);
const radius: Writer = ({ draw }) => draw.pick(['0.01', '1', '30', '1e-5', '0', '180']);
const frame: Writer = ({ draw }) => draw.pick(['', '', "'ICRS', ", "'', ", 'NULL, ']);

const known: Readonly<Record<Shape, readonly Writer[]>> = {
  point: [
    (s) => `POINT(${frame(s)}${longitude(s)}, ${latitude(s)})`,
    () => "CAST('10 20' AS POINT)",
  ],
  circle: [
    (s) => `CIRCLE(${frame(s)}${longitude(s)}, ${latitude(s)}, ${radius(s)})`,
    (s) => `CIRCLE(POINT(${longitude(s)}, ${latitude(s)}), ${radius(s)})`,
    () => "CAST('10 20 0.5' AS CIRCLE)",
  ],
  polygon: [
    triangle,
    (s) =>
      `BOX(${frame(s)}${longitude(s)}, ${String(s.draw.nat(60))}, 2, ${radius(s) === '1' ? '1' : '3'})`,
    () => "CAST('10 20 11 20 11 21' AS POLYGON)",
  ],
  region: [
    () => "REGION('CIRCLE ICRS 10 20 0.5')",
    () => "REGION('POLYGON 10 20 11 20 11 21')",
    () => "REGION('UNION ICRS (CIRCLE 10 20 5 CIRCLE 12 20 1)')",
    () => "REGION('POSITION ICRS 10 20')",
  ],
};

function triangle(scope: Scope): string {
  const [lon, lat] = [scope.draw.nat(350), scope.draw.nat(80)];
  const corners = [
    [lon, lat],
    [lon + 3, lat],
    [lon + 1, lat + 2],
  ];
  return scope.draw.chance(50)
    ? `POLYGON(${frame(scope)}${corners.flat().join(', ')})`
    : `POLYGON(${corners.map((corner) => `POINT(${corner.join(', ')})`).join(', ')})`;
}

const number: Writer = (scope) => unknownNumber(scope);

/** From a column, so that its value is known only when the query runs. */
function unknownNumber(scope: Scope): string {
  const columns = scope.columns.filter(({ kind }) => kind === 'number' || kind === 'integer');
  return columns.length === 0 ? longitude(scope) : scope.draw.pick(columns).text;
}

const point: Writer = (scope) => value('point', scope);
const systems: Writer = ({ draw }) => draw.pick(["'ICRS', 'GALACTIC'", "'FK5', 'ICRS'"]);

const computed: Readonly<Record<Shape, readonly Writer[]>> = {
  point: [
    (s) => `POINT(${frame(s)}${number(s)}, ${number(s)})`,
    (s) => `POINT(${number(s)}, ${number(s)} / 4)`,
    (s) => `CENTROID(${value(s.draw.pick(['point', 'circle', 'polygon', 'region']), s)})`,
    (s) => `ivo_healpix_center(${String(s.draw.nat(9))}, ${value('integer', s)})`,
    (s) => `ivo_geom_transform(${systems(s)}, ${point(s)})`,
    (s) => `ivo_epoch_prop_pos(${number(s)}, 5, 10, 1.5, NULL, -3, 2000, 2016)`,
    (s) => `COALESCE(${point(s)}, ${point(s)})`,
    (s) => `CAST(${value('text', s)} || '10 20' AS POINT)`,
  ],
  circle: [
    (s) => `CIRCLE(${number(s)}, ${number(s)}, ${number(s)})`,
    (s) => `CIRCLE(${centre(s)}, ${value('number', s)})`,
    (s) => `ivo_geom_transform(${systems(s)}, ${value('circle', s)})`,
    (s) => `CAST(${value('text', s)} || '10 20 3' AS CIRCLE)`,
  ],
  polygon: [
    (s) => `POLYGON(${number(s)}, 1, ${number(s)}, 2, 3, ${number(s)})`,
    (s) => `POLYGON(${point(s)}, ${point(s)}, ${point(s)})`,
    (s) => `BOX(${number(s)}, ${number(s)}, 1, 1)`,
    (s) => `ivo_geom_transform(${systems(s)}, ${value('polygon', s)})`,
  ],
  region: [],
};

/** What the grammar takes for a centre. */
function centre(scope: Scope): string {
  return `CENTROID(${value('circle', scope)})`;
}
