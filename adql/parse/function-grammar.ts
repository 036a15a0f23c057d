import type { Expression, FunctionCall } from '../ast.ts';
import { AdqlError } from '../error.ts';
import type { OptionalFeature } from './parse-options.ts';

/** What the grammar lets stand for a parameter; the types themselves are checked later. */
type Operand =
  'number' | 'text' | 'point' | 'shape' | 'value' | 'integer literal' | 'string literal';

/** Parameters by the names that errors show. */
const operands = {
  x: 'number',
  y: 'number',
  lon: 'number',
  lat: 'number',
  lon1: 'number',
  lat1: 'number',
  lon2: 'number',
  lat2: 'number',
  radius: 'number',
  width: 'number',
  height: 'number',
  seed: 'integer literal',
  digits: 'integer literal',
  text: 'text',
  unit: 'string literal',
  region: 'string literal',
  point: 'point',
  point1: 'point',
  point2: 'point',
  centre: 'point',
  shape: 'shape',
  shape1: 'shape',
  shape2: 'shape',
  value: 'value',
} as const satisfies Record<string, Operand>;

type Parameter = keyof typeof operands;
type Form = readonly Parameter[];

interface StandardFunction {
  /** The feature group it belongs to; null when every service has it. */
  readonly feature: OptionalFeature | null;
  /** The ways to call it. Of POLYGON and COALESCE, the last parameters of a form may repeat. */
  readonly forms: readonly Form[];
  /** A coordinate system may stand before the other arguments (deprecated since 2.1). */
  readonly hasFrame?: true;
}

const oneNumber: StandardFunction = { feature: null, forms: [['x']] };
const twoNumbers: StandardFunction = { feature: null, forms: [['x', 'y']] };
const rounding: StandardFunction = { feature: null, forms: [['x'], ['x', 'digits']] };
const twoShapes: StandardFunction = { feature: 'geometry', forms: [['shape1', 'shape2']] };
const oneShape: StandardFunction = { feature: 'geometry', forms: [['shape']] };
const onePoint: StandardFunction = { feature: 'geometry', forms: [['point']] };
const oneText: StandardFunction = { feature: 'string', forms: [['text']] };

/** ADQL 2.1, sections 2.3, 4.2, 4.4, 4.8 and 4.9; all but CAST and the aggregates. */
const functions: Readonly<Record<string, StandardFunction>> = {
  ABS: oneNumber,
  ACOS: oneNumber,
  ASIN: oneNumber,
  ATAN: oneNumber,
  ATAN2: twoNumbers,
  CEILING: oneNumber,
  COS: oneNumber,
  COT: oneNumber,
  DEGREES: oneNumber,
  EXP: oneNumber,
  FLOOR: oneNumber,
  LOG: oneNumber,
  LOG10: oneNumber,
  MOD: twoNumbers,
  PI: { feature: null, forms: [[]] },
  POWER: twoNumbers,
  RADIANS: oneNumber,
  RAND: { feature: null, forms: [[], ['seed']] },
  ROUND: rounding,
  SIN: oneNumber,
  SQRT: oneNumber,
  TAN: oneNumber,
  TRUNCATE: rounding,

  AREA: oneShape,
  BOX: {
    feature: 'geometry',
    hasFrame: true,
    forms: [
      ['lon', 'lat', 'width', 'height'],
      ['centre', 'width', 'height'],
    ],
  },
  CENTROID: oneShape,
  CIRCLE: {
    feature: 'geometry',
    hasFrame: true,
    forms: [
      ['lon', 'lat', 'radius'],
      ['centre', 'radius'],
    ],
  },
  CONTAINS: twoShapes,
  COORD1: onePoint,
  COORD2: onePoint,
  COORDSYS: oneShape,
  DISTANCE: {
    feature: 'geometry',
    forms: [
      ['point1', 'point2'],
      ['lon1', 'lat1', 'lon2', 'lat2'],
    ],
  },
  INTERSECTS: twoShapes,
  POINT: { feature: 'geometry', hasFrame: true, forms: [['lon', 'lat']] },
  // The BNF asks for four vertices by a slip; the text says three.
  POLYGON: {
    feature: 'geometry',
    hasFrame: true,
    forms: [
      ['lon', 'lat', 'lon', 'lat', 'lon', 'lat'],
      ['point', 'point', 'point'],
    ],
  },
  REGION: { feature: 'geometry', forms: [['region']] },

  COALESCE: { feature: 'conditional', forms: [['value']] },
  IN_UNIT: { feature: 'unit', forms: [['x', 'unit']] },
  LOWER: oneText,
  UPPER: oneText,
};

/** Which last parameters go on for ever: (lon, lat, ...) by two, (point, ...) by one. */
const repeating: Readonly<Record<string, number | undefined>> = { lat: 2, point: 1, value: 1 };
const unending: ReadonlySet<string> = new Set(['POLYGON', 'COALESCE']);

/** `name` in upper case. Null when the standard has no such function. */
export function standardFunction(name: string): StandardFunction | null {
  return Object.hasOwn(functions, name) ? (functions[name] ?? null) : null;
}

const shapeFunctions: ReadonlySet<string> = new Set([
  'BOX',
  'CENTROID',
  'CIRCLE',
  'POINT',
  'POLYGON',
  'REGION',
]);

/** Is this certainly a shape? Columns and user defined functions may be, which types tell later. */
export function isGeometry(expression: Expression): boolean {
  return (
    expression.kind === 'function-call' && shapeFunctions.has(expression.name.name.toUpperCase())
  );
}

/** How a call is held against the grammar. */
interface Check {
  /** The function's name in upper case. */
  readonly name: string;
  /** Let expressions stand where the grammar wants integer literals. */
  readonly extensions: boolean;
}

/** The call itself, if number and kind of its arguments fit; else AdqlError 'wrong-arguments'. */
export function checkArguments(call: FunctionCall, check: Check): FunctionCall {
  const standard = standardFunction(check.name);
  if (standard === null) return call;
  const [first, ...rest] = call.arguments;
  const mayBeFrame = standard.hasFrame === true && first !== undefined;
  const isFrame = mayBeFrame && first.kind === 'string';
  if (!isFrame && fitsOne(standard.forms, call.arguments, check)) return call;
  const isFramed = isFrame || (mayBeFrame && first.kind === 'null');
  if (isFramed && fitsOne(standard.forms, rest, check)) return call;
  throw new AdqlError('wrong-arguments', usage(check.name, standard), call.span);
}

function fitsOne(forms: readonly Form[], values: readonly Expression[], check: Check): boolean {
  return forms.some((form) => fits(form, values, check));
}

function fits(form: Form, values: readonly Expression[], check: Check): boolean {
  const parameters = unending.has(check.name) ? stretch(form, values.length) : form;
  return (
    parameters.length === values.length &&
    parameters.every((parameter, index) => {
      const value = values[index];
      return value !== undefined && isAllowed(value, operands[parameter], check);
    })
  );
}

function stretch(form: Form, length: number): Form {
  const step = repeating[form.at(-1) ?? ''] ?? 1;
  const unit = form.slice(-step);
  const stretched = [...form];
  while (stretched.length < length) stretched.push(...unit);
  return stretched;
}

function isAllowed(value: Expression, operand: Operand, check: Check): boolean {
  switch (operand) {
    case 'value':
      return true;
    case 'number':
    case 'text':
      return !isGeometry(value);
    case 'string literal':
      return value.kind === 'string';
    case 'integer literal':
      return check.extensions ? !isGeometry(value) : isInteger(value);
    case 'shape':
      return value.kind !== 'operation' && value.kind !== 'sign';
    case 'point':
      return mayBePoint(value);
  }
}

function isInteger(value: Expression): boolean {
  const unsigned = value.kind === 'sign' ? value.operand : value;
  return unsigned.kind === 'number' && /^[0-9]+$/.test(unsigned.text);
}

/** A function call is judged by its name. */
const mayBePointByKind: Readonly<Record<Expression['kind'], boolean>> = {
  number: false,
  string: false,
  null: true,
  'column-reference': true,
  sign: false,
  operation: false,
  'function-call': false,
  aggregate: false,
  cast: true,
  case: true,
  'scalar-subquery': true,
};

function mayBePoint(value: Expression): boolean {
  if (value.kind !== 'function-call') return mayBePointByKind[value.kind];
  return isPointFunction(value.name.name.toUpperCase());
}

function isPointFunction(name: string): boolean {
  return pointFunctions.has(name) || standardFunction(name) === null;
}

const pointFunctions: ReadonlySet<string> = new Set(['POINT', 'CENTROID', 'COALESCE']);

/** How a function of the standard is called, in words; null when there is none. */
export function usageOf(name: string): string | null {
  const standard = standardFunction(name);
  return standard === null ? null : usage(name, standard);
}

function usage(name: string, { forms, hasFrame }: StandardFunction): string {
  const dots = unending.has(name) ? ', ...' : '';
  const ways = forms.map((form) => `${name}(${form.map(shown).join(', ')}${dots})`);
  const frame = hasFrame === true ? ", after an optional coordinate system such as 'ICRS'" : '';
  return `${name} is called as ${ways.join(' or ')}${frame}.`;
}

function shown(parameter: Parameter): string {
  const isLiteral = operands[parameter] === 'string literal';
  return isLiteral ? `'${parameter}'` : parameter;
}
