import { AdqlError } from '../../error.ts';
import { type ComputedType, isShape } from '../../functions/value-type.ts';
import { box, polygon } from '../../sky/polygon.ts';
import { readRegion } from '../../sky/read-region.ts';
import { circle, point, type Shape } from '../../sky/shape.ts';
import { literal } from '../literal.ts';
import type { ResolvedExpression } from '../resolved.ts';
import { positionOf, skyCall } from './coordinates.ts';
import {
  checked,
  checkPosition,
  degreesFor,
  type GeometryCall,
  knownNumbers,
  pointFor,
  shapeLiteral,
  withUcd,
} from './operands.ts';

/** ADQL 2.1, "POINT". */
export function resolvePoint(call: GeometryCall): ResolvedExpression {
  const [lon, lat] = call.values.map((value) => degreesFor(call, value));
  return shapeOf(call, [lon, lat], {
    type: 'POINT',
    make: ([longitude = 0, latitude = 0]) => point(longitude, latitude),
  });
}

/** ADQL 2.1, "CIRCLE": (lon, lat, radius) or (point, radius), in degrees. */
export function resolveCircle(call: GeometryCall): ResolvedExpression {
  const [lon, lat, radius] = centreAndSizes(call);
  const isKnown = radius?.kind === 'literal';
  if (isKnown && radius.value !== null) {
    checked(radius.span, () => circle(0, 0, Number(radius.value)));
  }
  const checkedRadius =
    isKnown || radius === undefined
      ? radius
      : skyCall('checked_radius', [radius], { type: 'DOUBLE PRECISION', span: radius.span });
  return shapeOf(call, [lon, lat, checkedRadius], {
    type: 'CIRCLE',
    make: ([longitude = 0, latitude = 0, size = 0]) => circle(longitude, latitude, size),
  });
}

/** ADQL 2.1, "BOX": (lon, lat, width, height) or (point, width, height), in degrees. */
export function resolveBox(call: GeometryCall): ResolvedExpression {
  return shapeOf(call, centreAndSizes(call), {
    type: 'POLYGON',
    sqlFunction: 'box',
    make: ([lon = 0, lat = 0, width = 0, height = 0]) => box([lon, lat], width, height),
  });
}

/** PostgreSQL's limit of arguments. */
const maximumArguments = 100;

/** ADQL 2.1, "POLYGON": (lon, lat, lon, lat, ...) or (point, point, point, ...). */
export function resolvePolygon(call: GeometryCall): ResolvedExpression {
  const isOfPoints = call.values.some(({ type }) => isShape(type));
  const coordinates = isOfPoints
    ? call.values.flatMap((value) => positionOf(pointFor(call, value)))
    : call.values.map((value) => degreesFor(call, value));
  if (coordinates.length > maximumArguments && knownNumbers(coordinates) === null) {
    throw new AdqlError(
      'too-complex',
      'A POLYGON of more than 50 vertices takes only numbers, not columns or expressions.',
      call.span,
    );
  }
  return shapeOf(call, coordinates, { type: 'POLYGON', make: polygon });
}

/** ADQL 2.1, "REGION": a literal, read here; a combination of shapes stays text for the database. */
export function resolveRegion({ values, span }: GeometryCall): ResolvedExpression {
  const [text] = values;
  if (text?.kind !== 'literal' || text.value === null)
    throw new RangeError('REGION takes a string');
  const { value } = text;
  const shape = checked(span, () => readRegion(value));
  if (shape !== null) return shapeLiteral(shape, shape.type, span);
  const region = literal(value, 'VARCHAR', span);
  const metadata = { ...region.metadata, xtype: 'adql:REGION', ucd: 'pos.outline' };
  return { ...region, metadata };
}

function centreAndSizes(call: GeometryCall): readonly (ResolvedExpression | undefined)[] {
  const [first, ...rest] = call.values;
  if (first === undefined || !isShape(first.type)) {
    return call.values.map((value) => degreesFor(call, value));
  }
  const centre = positionOf(pointFor(call, first));
  return [...centre, ...rest.map((value) => degreesFor(call, value))];
}

interface Made {
  readonly type: ComputedType & ('POINT' | 'CIRCLE' | 'POLYGON');
  /** Of schema sky; default the type's name in lower case. */
  readonly sqlFunction?: string;
  /** From numbers that are all known. */
  readonly make: (numbers: readonly number[]) => Shape;
}

/** What the UCDs of columns in other coordinates begin with. */
const otherSystems = /^pos\.(az|earth|ecliptic|galactic|galactocentric|supergalactic)\b/i;

function shapeOf(
  call: GeometryCall,
  parts: readonly (ResolvedExpression | undefined)[],
  made: Made,
): ResolvedExpression {
  const shape = shapeOfParts(call, parts, made);
  const isForeign =
    parts.some((part) => otherSystems.test(part?.metadata.ucd ?? '')) ||
    call.values.some(({ type, metadata }) => type === 'POINT' && metadata.ucd === null);
  return isForeign ? withUcd(shape, null) : shape;
}

/** A bound value where all numbers are known, else a call that makes and checks the shape. */
function shapeOfParts(
  { span }: GeometryCall,
  parts: readonly (ResolvedExpression | undefined)[],
  { type, sqlFunction, make }: Made,
): ResolvedExpression {
  const given = parts.filter((part) => part !== undefined);
  const numbers = knownNumbers(given);
  if (numbers === 'NULL') return shapeLiteral(null, type, span);
  if (numbers !== null) {
    return shapeLiteral(
      checked(span, () => make(numbers)),
      type,
      span,
    );
  }
  const [lon, lat] = given;
  if (lon !== undefined && lat !== undefined) checkPosition([lon, lat], span);
  return skyCall(sqlFunction ?? type.toLowerCase(), given, { type, span });
}
