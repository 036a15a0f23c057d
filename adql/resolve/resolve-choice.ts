import type { Case, FunctionCall } from '../ast.ts';
import type { ColumnMetadata } from '../catalog.ts';
import { AdqlError } from '../error.ts';
import { columnTypeOf, isComputedType, metadataOf } from '../functions/value-type.ts';
import { operandOf, unifyToOneType } from './coerce.ts';
import { literal } from './literal.ts';
import type { ResolvedExpression } from './resolved.ts';
import type { Scope, Statement } from './scope.ts';

/** ADQL 2.1, "COALESCE": the first value that is not NULL. */
export function resolveCoalesce(
  { span }: FunctionCall,
  values: readonly ResolvedExpression[],
  statement: Statement,
): ResolvedExpression {
  const unified = unifyToOneType(values, statement);
  const [first] = unified;
  if (first === undefined) {
    throw new AdqlError('wrong-arguments', 'COALESCE takes one value or more.', span);
  }
  if (unified.every(isNull)) return literal(null, 'NULL', span);
  const chosen = chosenFrom(first, values);
  return { ...chosen, kind: 'call', sqlFunction: 'coalesce', arguments: unified, span };
}

/** CASE WHEN condition THEN value ... ELSE value END, which ADQL lacks. */
export function resolveCase(expression: Case, scope: Scope): ResolvedExpression {
  const { branches, otherwise, span } = expression;
  const { resolvers } = scope.statement;
  const results = [...branches.map(({ then }) => then), ...(otherwise === null ? [] : [otherwise])];
  const values = results.map((result) => operandOf(resolvers.expression(result, scope)));
  const unified = unifyToOneType(values, scope.statement);
  const [first] = unified;
  if (first === undefined) throw new AdqlError('syntax', 'CASE needs a WHEN.', span);
  if (unified.every(isNull)) return literal(null, 'NULL', span);
  return {
    ...chosenFrom(first, values),
    kind: 'case',
    branches: branches.map(({ when }, index) => ({
      when: resolvers.condition(when, scope),
      then: unified[index] ?? first,
    })),
    otherwise: otherwise === null ? null : (unified.at(-1) ?? null),
    span,
  };
}

/** Nothing but NULL: as free of type as NULL itself. */
function isNull({ type }: ResolvedExpression): boolean {
  return type === 'NULL';
}

/** What is known of one of several values: their common type, and of the rest what they have in common. */
function chosenFrom(
  { type: known, sqlType, metadata }: ResolvedExpression,
  values: readonly ResolvedExpression[],
): Pick<ResolvedExpression, 'type' | 'sqlType' | 'metadata'> {
  const type = known === 'NULL' ? columnTypeOf({ sqlType, xtype: null }) : known;
  const { datatype, arraysize, xtype, unit } = isComputedType(type) ? metadataOf(type) : metadata;
  return {
    type,
    sqlType,
    metadata: {
      datatype,
      arraysize,
      xtype: xtype ?? commonXtype(values),
      unit: unit ?? common('unit', values),
      ucd: common('ucd', values),
      utype: null,
      description: null,
    },
  };
}

function commonXtype(values: readonly ResolvedExpression[]): string | null {
  const xtype = common('xtype', values);
  return xtype === 'json' && values.some(isNoJson) ? null : xtype;
}

/** Text that would be no JSON among values that are: COALESCE(cloud_access, 'none'). */
function isNoJson(expression: ResolvedExpression): boolean {
  if (expression.kind !== 'literal' || expression.type !== 'VARCHAR') return false;
  try {
    JSON.parse(expression.value ?? 'null');
    return false;
  } catch {
    return true;
  }
}

/** Null unless it is the same of all; the constants among them have none of their own. */
function common(
  key: 'xtype' | 'unit' | 'ucd',
  values: readonly ResolvedExpression[],
): ColumnMetadata[typeof key] {
  const [first, ...others] = values.filter(({ kind }) => kind !== 'literal');
  const value = first?.metadata[key] ?? null;
  return others.every(({ metadata }) => metadata[key] === value) ? value : null;
}
