import { badUpload } from '../upload-failure.ts';
import { integerOf, structOf, textOf, ThriftStruct } from './thrift.ts';

const physicalTypes = [
  'BOOLEAN',
  'INT32',
  'INT64',
  'INT96',
  'FLOAT',
  'DOUBLE',
  'BYTE_ARRAY',
  'FIXED_LEN_BYTE_ARRAY',
] as const;

export type PhysicalType = (typeof physicalTypes)[number];

/** What the values of a physical type mean (Parquet format, "Logical types"). */
export type Meaning =
  | { readonly kind: 'none' | 'text' | 'date' | 'uuid' | 'half' | 'list' }
  | { readonly kind: 'integer'; readonly bits: number; readonly isSigned: boolean }
  | { readonly kind: 'decimal'; readonly scale: number }
  /** `perSecond` units since 1970. */
  | { readonly kind: 'timestamp'; readonly perSecond: number }
  | { readonly kind: 'unknown'; readonly name: string };

/** An element of the schema. */
export interface SchemaNode {
  readonly name: string;
  /** Null for groups. */
  readonly type: PhysicalType | null;
  /** Bytes of a FIXED_LEN_BYTE_ARRAY. */
  readonly typeLength: number;
  readonly repetition: 'required' | 'optional' | 'repeated';
  readonly meaning: Meaning;
  readonly children: readonly SchemaNode[];
}

const repetitions = ['required', 'optional', 'repeated'] as const;
const deepest = 20;

/** The columns: children of the root, whose elements stand in depth-first order. */
export function readSchema(elements: readonly ThriftStruct[]): readonly SchemaNode[] {
  let next = 0;
  const readNode = (depth: number): SchemaNode => {
    const element = elements[next];
    next += 1;
    if (element === undefined || depth > deepest) throw badUpload('its Parquet schema is damaged.');
    const childCount = integerOf(element, 5) ?? 0;
    const children: SchemaNode[] = [];
    while (children.length < childCount) children.push(readNode(depth + 1));
    return { ...nodeOf(element), children };
  };
  return readNode(0).children;
}

function nodeOf(element: ThriftStruct): Omit<SchemaNode, 'children'> {
  const type = integerOf(element, 1);
  const logical = structOf(element, 10);
  return {
    name: textOf(element, 4) ?? '',
    type: type === null ? null : (physicalTypes[type] ?? null),
    typeLength: integerOf(element, 2) ?? 0,
    repetition: repetitions[integerOf(element, 3) ?? 0] ?? 'required',
    meaning: (logical === null ? null : logicalMeaning(logical)) ?? convertedMeaning(element),
  };
}

/** LogicalType is a union: one field of it is there. */
function logicalMeaning(logical: ThriftStruct): Meaning | null {
  const [id = 0] = logical.ids;
  return logicalMeanings[id]?.(structOf(logical, id) ?? new ThriftStruct()) ?? null;
}

const unknown = (name: string) => (): Meaning => ({ kind: 'unknown', name });
const text = (): Meaning => ({ kind: 'text' });

/** By their number in the union. */
const logicalMeanings: Readonly<Partial<Record<number, (facts: ThriftStruct) => Meaning>>> = {
  1: text,
  2: unknown('MAP'),
  3: () => ({ kind: 'list' }),
  4: text,
  5: (facts) => ({ kind: 'decimal', scale: integerOf(facts, 1) ?? 0 }),
  6: () => ({ kind: 'date' }),
  7: unknown('TIME'),
  8: (facts) => ({ kind: 'timestamp', perSecond: perSecondOf(structOf(facts, 2)) }),
  10: (facts) => integer(integerOf(facts, 1) ?? 0, facts.get(2) !== false),
  12: text,
  13: unknown('BSON'),
  14: () => ({ kind: 'uuid' }),
  15: () => ({ kind: 'half' }),
  16: unknown('VARIANT'),
  17: unknown('GEOMETRY'),
  18: unknown('GEOGRAPHY'),
};

function perSecondOf(unit: ThriftStruct | null): number {
  if (unit?.has(1) === true) return 1e3;
  return unit?.has(3) === true ? 1e9 : 1e6;
}

const integer = (bits: number, isSigned: boolean): Meaning => ({ kind: 'integer', bits, isSigned });

/** ConvertedType, the older way to say it, by its number. */
const convertedMeanings: readonly Meaning[] = [
  { kind: 'text' },
  { kind: 'unknown', name: 'MAP' },
  { kind: 'unknown', name: 'MAP' },
  { kind: 'list' },
  { kind: 'text' },
  { kind: 'decimal', scale: 0 },
  { kind: 'date' },
  { kind: 'unknown', name: 'TIME' },
  { kind: 'unknown', name: 'TIME' },
  { kind: 'timestamp', perSecond: 1e3 },
  { kind: 'timestamp', perSecond: 1e6 },
  integer(8, false),
  integer(16, false),
  integer(32, false),
  integer(64, false),
  integer(8, true),
  integer(16, true),
  integer(32, true),
  integer(64, true),
  { kind: 'text' },
  { kind: 'unknown', name: 'BSON' },
  { kind: 'unknown', name: 'INTERVAL' },
];

function convertedMeaning(element: ThriftStruct): Meaning {
  const converted = integerOf(element, 6);
  const meaning = converted === null ? undefined : convertedMeanings[converted];
  if (meaning?.kind === 'decimal') return { ...meaning, scale: integerOf(element, 7) ?? 0 };
  return meaning ?? { kind: 'none' };
}
