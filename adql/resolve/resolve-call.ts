import type { FunctionCall } from '../ast.ts';
import { AdqlError } from '../error.ts';
import { adviceOnFunction } from '../functions/foreign-functions.ts';
import { geometryFunctions } from '../functions/geometry-functions.ts';
import { formOf, type ParameterType, type Signature } from '../functions/signature.ts';
import { signatures } from '../functions/signatures.ts';
import {
  describeType,
  isInteger,
  isNumeric,
  isShape,
  resultOf,
  type ValueType,
  valueTypeOf,
} from '../functions/value-type.ts';
import { checkArguments } from './check-arguments.ts';
import { cast, numberAdvice, operandOf } from './coerce.ts';
import { checkedShape, isRegionText, readRegion } from './geometry/operands.ts';
import { timestampLiteral } from './literal.ts';
import { didYouMean } from './nearest-names.ts';
import type { ResolvedExpression } from './resolved.ts';
import { shortened, type Statement, textOf } from './scope.ts';

const signaturesByName = new Map<string, readonly Signature[]>();
for (const signature of signatures) {
  const name = signature.name.toUpperCase();
  signaturesByName.set(name, [...(signaturesByName.get(name) ?? []), signature]);
}

/** Those that are no entries of `signatures`, for "did you mean". */
const otherFunctions: readonly string[] = [
  ...geometryFunctions,
  ...['COALESCE', 'IN_UNIT', 'CAST', 'COUNT', 'AVG', 'MIN', 'MAX', 'SUM'],
];

/** The ways to call the function; an error when there is none of that name. */
export function signaturesOf({ name }: FunctionCall): readonly Signature[] {
  const upperCase = name.name.toUpperCase();
  const candidates = signaturesByName.get(upperCase);
  if (candidates !== undefined) return candidates;
  const names = [...signatures.map((signature) => signature.name), ...otherFunctions];
  const advice = adviceOnFunction(name.name);
  throw new AdqlError(
    'unknown-function',
    `No function "${shortened(name.name)}".` +
      (advice === '' ? didYouMean(name.name, names) : advice),
    name.span,
  );
}

/** A call whose arguments are resolved: they are checked, and brought to the parameters' types. */
export function resolveCall(
  call: FunctionCall,
  values: readonly ResolvedExpression[],
  statement: Statement,
): ResolvedExpression {
  const signature = chooseSignature(call, values, statement);
  checkArguments(signature, values);
  const { sqlType, metadata: plain } = resultOf(signature.result);
  const unit = unitOf(signature, values) ?? plain.unit;
  const metadata = { ...plain, unit, ucd: ucdOf(signature, values, plain.ucd) };
  const result = {
    sqlFunction: signature.sqlFunction,
    arguments: signature.parameters.map(({ type }, index) => argumentFor(type, values[index])),
    type: signature.result === 'INTEGER[]' ? valueTypeOf(sqlType) : signature.result,
    sqlType,
    metadata,
    span: call.span,
  };
  return signature.aggregate
    ? { kind: 'aggregate', distinct: false, ...result }
    : { kind: 'call', ...result };
}

function unitOf({ unit }: Signature, [first]: readonly ResolvedExpression[]): string | null {
  return unit === 'same' ? (first?.metadata.unit ?? null) : (unit ?? null);
}

function ucdOf(
  { ucd, parameters }: Signature,
  values: readonly ResolvedExpression[],
  plain: string | null,
): string | null {
  if (ucd !== undefined) return ucd === 'same' ? (values[0]?.metadata.ucd ?? null) : ucd;
  // That of a shape says ICRS.
  const frame = values[parameters.findIndex(({ name }) => name === 'to_sys')];
  if (frame === undefined) return plain;
  return frame.kind === 'literal' && frame.value === 'ICRS' ? plain : null;
}

function chooseSignature(
  call: FunctionCall,
  values: readonly ResolvedExpression[],
  statement: Statement,
): Signature {
  const candidates = signaturesOf(call);
  const rightLength = candidates.filter(({ parameters }) => parameters.length === values.length);
  const chosen = rightLength.find(({ parameters }) =>
    parameters.every(({ type }, index) => accepts(type, values[index])),
  );
  if (chosen !== undefined) return chosen;
  const [nearest] = rightLength.slice(-1);
  if (nearest !== undefined) throw wrongArgument(nearest, values, statement);
  const forms = candidates.map(formOf).join('; ');
  throw new AdqlError(
    'wrong-arguments',
    `${call.name.name} does not take ${count(values.length)}. It is ${forms}.`,
    call.span,
  );
}

function count(values: number): string {
  return values === 1 ? '1 argument' : `${String(values)} arguments`;
}

function wrongArgument(
  signature: Signature,
  values: readonly ResolvedExpression[],
  statement: Statement,
): AdqlError {
  const index = signature.parameters.findIndex(({ type }, i) => !accepts(type, values[i]));
  const parameter = signature.parameters[index];
  const wrong = values[index];
  if (parameter === undefined || wrong === undefined) throw new RangeError('no wrong argument');
  const written = textOf(wrong.span, statement);
  return new AdqlError(
    'wrong-arguments',
    `${written} is ${describeType(wrong.type)}, but the argument "${parameter.name}" of ` +
      `${signature.name} is ${wanted[parameter.type]}: ${formOf(signature)}.` +
      adviceOnArgument(parameter.type, wrong, written),
    wrong.span,
  );
}

function adviceOnArgument(
  parameter: ParameterType,
  value: ResolvedExpression,
  written: string,
): string {
  const isWantedNumber = isNumeric(valueTypeOf(sqlTypes[parameter]));
  const advice = isWantedNumber ? numberAdvice(value) : '';
  if (advice !== '') return advice;
  const isCast =
    (parameter === 'VARCHAR' && (isNumeric(value.type) || value.type === 'TIMESTAMP')) ||
    (parameter === 'TIMESTAMP' && value.type === 'VARCHAR') ||
    (isWantedNumber && isNumeric(value.type));
  return isCast ? ` Write CAST(${written} AS ${parameter}).` : '';
}

const wanted: Readonly<Record<ParameterType, string>> = {
  INTEGER: 'an integer',
  BIGINT: 'an integer',
  'DOUBLE PRECISION': 'a number',
  VARCHAR: 'text',
  TIMESTAMP: 'a timestamp',
  JSON: 'JSON text',
  POINT: 'a point',
  CIRCLE: 'a circle',
  POLYGON: 'a polygon',
  REGION: 'a shape',
};

function accepts(parameter: ParameterType, value: ResolvedExpression | undefined): boolean {
  if (value === undefined) return false;
  if (value.type === 'NULL') return true;
  if (parameter === 'REGION') return value.type === 'REGION' || isRegionText(value);
  const isString = value.type === 'VARCHAR' && value.kind === 'literal';
  return takes[parameter](value.type) || (parameter === 'TIMESTAMP' && isString);
}

const isText = (type: ValueType): boolean => type === 'VARCHAR';

const takes: Readonly<Record<ParameterType, (type: ValueType) => boolean>> = {
  INTEGER: isInteger,
  BIGINT: isInteger,
  'DOUBLE PRECISION': (type) => isNumeric(type) || type === 'BOOLEAN',
  VARCHAR: isText,
  TIMESTAMP: (type) => type === 'TIMESTAMP',
  JSON: isText,
  POINT: (type) => type === 'POINT',
  CIRCLE: (type) => type === 'CIRCLE',
  POLYGON: (type) => type === 'POLYGON',
  REGION: (type) => type === 'REGION',
};

/** The parameter's own SQL type: PostgreSQL chooses functions by it. */
const sqlTypes = {
  INTEGER: 'integer',
  BIGINT: 'bigint',
  'DOUBLE PRECISION': 'double precision',
  VARCHAR: 'text',
  TIMESTAMP: 'timestamp without time zone',
  JSON: 'jsonb',
  POINT: 'double precision[]',
  CIRCLE: 'double precision[]',
  POLYGON: 'double precision[]',
  REGION: 'double precision[]',
} as const satisfies Record<ParameterType, string>;

function argumentFor(
  parameter: ParameterType,
  value: ResolvedExpression | undefined,
): ResolvedExpression {
  if (value === undefined) throw new RangeError('fewer arguments than parameters');
  if (parameter === 'REGION' && isRegionText(value)) return readRegion(value);
  return isShape(value.type) ? checkedShape(value, value.type) : plainArgumentFor(parameter, value);
}

function plainArgumentFor(parameter: ParameterType, value: ResolvedExpression): ResolvedExpression {
  const sqlType = sqlTypes[parameter];
  if (value.type === 'BOOLEAN') return cast(cast(value, 'integer'), sqlType);
  const isString = value.kind === 'literal' && value.type === 'VARCHAR' && value.value !== null;
  if (isString && parameter === 'TIMESTAMP') {
    return timestampLiteral(value.value, sqlType, value.span);
  }
  if (valueTypeOf(sqlType) === 'VARCHAR' && parameter !== 'JSON') {
    return cast(operandOf(value), sqlType);
  }
  return cast(value, sqlType);
}
