import type { ColumnMetadata, Datatype, SqlType } from '../catalog.ts';

/** What a value is to ADQL (ADQL 2.1, "Data types"): decides which operators and functions take it. */
export type ValueType =
  | 'NULL'
  | 'BOOLEAN'
  | 'SMALLINT'
  | 'INTEGER'
  | 'BIGINT'
  | 'REAL'
  | 'DOUBLE PRECISION'
  | 'VARCHAR'
  | 'TIMESTAMP'
  | 'ARRAY'
  | 'BLOB'
  | 'POINT'
  | 'CIRCLE'
  | 'POLYGON'
  /** A shape of a kind that only the database knows, or several: what s_region holds. */
  | 'REGION';

const valueTypes: Readonly<Record<SqlType, ValueType>> = {
  boolean: 'BOOLEAN',
  smallint: 'SMALLINT',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  real: 'REAL',
  'double precision': 'DOUBLE PRECISION',
  numeric: 'DOUBLE PRECISION',
  text: 'VARCHAR',
  'timestamp without time zone': 'TIMESTAMP',
  'timestamp with time zone': 'TIMESTAMP',
  jsonb: 'VARCHAR',
  bytea: 'BLOB',
  'smallint[]': 'ARRAY',
  'integer[]': 'ARRAY',
  'bigint[]': 'ARRAY',
  'real[]': 'ARRAY',
  'double precision[]': 'ARRAY',
  'text[]': 'ARRAY',
};

export function valueTypeOf(sqlType: SqlType): ValueType {
  return valueTypes[sqlType];
}

const shapeTypes: Readonly<Partial<Record<string, ShapeType>>> = {
  point: 'POINT',
  circle: 'CIRCLE',
  polygon: 'POLYGON',
};

/** The type of a column: by its xtype (DALI 1.2, "Geometry") an array of numbers is a shape. */
export function columnTypeOf({ sqlType, xtype }: ColumnType): ValueType {
  const isNumbers = sqlType === 'double precision[]' || sqlType === 'real[]';
  const shape = isNumbers ? shapeTypes[xtype?.toLowerCase() ?? ''] : undefined;
  return shape ?? valueTypeOf(sqlType);
}

interface ColumnType extends Pick<ColumnMetadata, 'xtype'> {
  readonly sqlType: SqlType;
}

/** Types with which expressions are computed, and how PostgreSQL and VOTable (section "Primitives") call them. */
const computed = {
  NULL: { sqlType: 'text', datatype: 'char', arraysize: '*', xtype: null },
  BOOLEAN: { sqlType: 'boolean', datatype: 'boolean', arraysize: null, xtype: null },
  SMALLINT: { sqlType: 'smallint', datatype: 'short', arraysize: null, xtype: null },
  INTEGER: { sqlType: 'integer', datatype: 'int', arraysize: null, xtype: null },
  BIGINT: { sqlType: 'bigint', datatype: 'long', arraysize: null, xtype: null },
  REAL: { sqlType: 'real', datatype: 'float', arraysize: null, xtype: null },
  'DOUBLE PRECISION': {
    sqlType: 'double precision',
    datatype: 'double',
    arraysize: null,
    xtype: null,
  },
  VARCHAR: { sqlType: 'text', datatype: 'char', arraysize: '*', xtype: null },
  TIMESTAMP: {
    sqlType: 'timestamp without time zone',
    datatype: 'char',
    arraysize: '*',
    xtype: 'timestamp',
  },
  POINT: { sqlType: 'double precision[]', datatype: 'double', arraysize: '2', xtype: 'point' },
  CIRCLE: { sqlType: 'double precision[]', datatype: 'double', arraysize: '3', xtype: 'circle' },
  POLYGON: { sqlType: 'double precision[]', datatype: 'double', arraysize: '*', xtype: 'polygon' },
  REGION: { sqlType: 'double precision[]', datatype: 'double', arraysize: '*', xtype: null },
} as const satisfies Partial<
  Record<ValueType, Pick<ColumnMetadata, 'arraysize' | 'xtype'> & TypeNames>
>;

interface TypeNames {
  readonly sqlType: SqlType;
  readonly datatype: Datatype;
}

/** A type that an expression can have when it is not a plain column. */
export type ComputedType = keyof typeof computed;

export function isComputedType(type: ValueType): type is ComputedType {
  return Object.hasOwn(computed, type);
}

/** The type in which PostgreSQL computes and sends it. */
export function sqlTypeOf(type: ComputedType): SqlType {
  return computed[type].sqlType;
}

/** The FIELD of a computed value: its type and nothing else; shapes are in degrees, ICRS (as their UCD says). */
export function metadataOf(type: ComputedType): ColumnMetadata {
  return (fields[type] ??= newField(type));
}

/** One for all values of a type: a list can have 200,000. */
const fields: Partial<Record<ComputedType, ColumnMetadata>> = {};

function newField(type: ComputedType): ColumnMetadata {
  const { datatype, arraysize, xtype } = computed[type];
  const unit = isShape(type) ? 'deg' : null;
  const ucd = isShape(type) ? ucdOf(type) : null;
  return { datatype, arraysize, xtype, unit, ucd, utype: null, description: null };
}

/** Of shapes in ICRS. */
function ucdOf(type: ShapeType): string {
  return type === 'POINT' ? 'pos.eq' : 'pos.outline';
}

/** What a function can give: as above, and arrays, with which nothing more is computed. */
export type ResultType = ComputedType | 'INTEGER[]';

/** A function's result as PostgreSQL sends it and as a FIELD. */
export function resultOf(type: ResultType): {
  readonly sqlType: SqlType;
  readonly metadata: ColumnMetadata;
} {
  if (type !== 'INTEGER[]') return { sqlType: sqlTypeOf(type), metadata: metadataOf(type) };
  return { sqlType: 'integer[]', metadata: { ...metadataOf('INTEGER'), arraysize: '*' } };
}

export type ShapeType = 'POINT' | 'CIRCLE' | 'POLYGON' | 'REGION';

export function isShape(type: ValueType): type is ShapeType {
  return type === 'POINT' || type === 'CIRCLE' || type === 'POLYGON' || type === 'REGION';
}

/** From narrow to wide. */
const numericTypes = ['SMALLINT', 'INTEGER', 'BIGINT', 'REAL', 'DOUBLE PRECISION'] as const;

export type NumericType = (typeof numericTypes)[number];

export function isNumeric(type: ValueType): type is NumericType {
  return type === 'DOUBLE PRECISION' || type === 'REAL' || isInteger(type);
}

export function isInteger(type: ValueType): type is 'SMALLINT' | 'INTEGER' | 'BIGINT' {
  return type === 'SMALLINT' || type === 'INTEGER' || type === 'BIGINT';
}

/**
 * The type of `a + b`, and of a column that holds both, as PostgreSQL has it: two integers give the
 * wider one, two REAL a REAL, everything else DOUBLE PRECISION.
 */
export function widerNumeric(left: NumericType, right: NumericType): NumericType {
  if (left === right) return left;
  if (!isInteger(left) || !isInteger(right)) return 'DOUBLE PRECISION';
  return numericTypes.indexOf(left) > numericTypes.indexOf(right) ? left : right;
}

const arrays = {
  SMALLINT: 'smallint[]',
  INTEGER: 'integer[]',
  BIGINT: 'bigint[]',
  REAL: 'real[]',
  'DOUBLE PRECISION': 'double precision[]',
} as const satisfies Record<NumericType, SqlType>;

/** The type of what an array of numbers holds; null for everything else. */
export function elementTypeOf(sqlType: SqlType): NumericType | null {
  return numericTypes.find((element) => arrays[element] === sqlType) ?? null;
}

/** PostgreSQL's arrays of such numbers. */
export function arrayOf(element: NumericType): SqlType {
  return arrays[element];
}

const words: Readonly<Record<ValueType, string>> = {
  NULL: 'NULL',
  BOOLEAN: 'a boolean',
  SMALLINT: 'a number',
  INTEGER: 'a number',
  BIGINT: 'a number',
  REAL: 'a number',
  'DOUBLE PRECISION': 'a number',
  VARCHAR: 'text',
  TIMESTAMP: 'a timestamp',
  ARRAY: 'an array',
  BLOB: 'binary data',
  POINT: 'a point',
  CIRCLE: 'a circle',
  POLYGON: 'a polygon',
  REGION: 'a region',
};

/** For sentences: `obs_id is text`. */
export function describeType(type: ValueType): string {
  return words[type];
}
