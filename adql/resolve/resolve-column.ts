import type { ColumnReference, Identifier, Span } from '../ast.ts';
import { AdqlError } from '../error.ts';
import { columnTypeOf } from '../functions/value-type.ts';
import { cast, toOneType } from './coerce.ts';
import { didYouMean } from './nearest-names.ts';
import type { Relation, RelationColumn, ResolvedColumn, ResolvedExpression } from './resolved.ts';
import { bareName, matching, type Scope, shortened, type VisibleColumn } from './scope.ts';
import { hasAggregate } from './walk.ts';

/** The column that a name means, here or in a query around this one; an error when there is none. */
export function resolveColumn(reference: ColumnReference, scope: Scope): ResolvedExpression {
  const found = findColumn(reference, scope) ?? selectedValue(reference, scope);
  if (found === null) throw unknownColumn(reference, scope);
  return found;
}

/** Beyond ADQL 2.1: `ORDER BY n / 2` with an alias of the select list. */
function selectedValue(
  reference: ColumnReference,
  { selected, noAggregatesIn }: Scope,
): ResolvedExpression | null {
  const name = bareName(reference);
  if (name === null || selected === undefined) return null;
  const named = selected.columns.map((column, index) => ({
    name: column.name,
    delimited: false,
    value: selected.items[index],
  }));
  const [found, ...others] = matching(name, named);
  if (found?.value === undefined || others.length > 0) return null;
  if (noAggregatesIn !== null && hasAggregate(found.value)) return null;
  return { ...found.value, span: reference.span };
}

/** As `resolveColumn`, but null when an unqualified name means nothing. */
export function findColumn(reference: ColumnReference, scope: Scope): ResolvedExpression | null {
  const crossed: ResolvedColumn[][] = [];
  for (let here: Scope | null = scope; here !== null; here = here.enclosing?.scope ?? null) {
    const found = findColumnHere(reference, here);
    if (found !== null) {
      const columns = columnsOf(found, reference.span);
      for (const outerColumns of crossed) outerColumns.push(...columns);
      return expressionOf(found, reference.span);
    }
    if (here.enclosing !== null) crossed.push(here.enclosing.outerColumns);
  }
  if (reference.name.length > 1) throw unknownQualifier(reference, scope);
  return null;
}

/** The column of a name in this SELECT alone, without the queries around it. */
export function findColumnHere(
  { name, span }: ColumnReference,
  scope: Scope,
): VisibleColumn | null {
  const qualifier = name.slice(0, -1);
  const identifier = name.at(-1);
  if (identifier === undefined) return null;
  if (qualifier.length === 0) return onlyColumn(identifier, scope.columns);
  const relation = findRelation(qualifier, scope, span);
  if (relation === null) return null;
  const found = onlyColumn(identifier, relationColumns(relation));
  if (found !== null) return found;
  const names = relation.columns.map((column) => column.name);
  throw new AdqlError(
    'unknown-column',
    `No column "${shortened(identifier.name)}" in ${nameOf(relation)}.` +
      didYouMean(identifier.name, names),
    identifier.span,
  );
}

/** The table of FROM that a qualifier means (`t` of `t.ra`), null when none here is called so. */
export function findRelation(
  qualifier: readonly Identifier[],
  scope: Scope,
  span: Span,
): Relation | null {
  const found = scope.relations.filter((relation) => isCalled(relation, qualifier));
  if (found.length > 1) {
    const names = found.map(nameOf).join(' and ');
    throw new AdqlError(
      'ambiguous-table',
      `"${qualifier.map((part) => part.name).join('.')}" can mean ${names}: ` +
        'name the schema too, or give the tables aliases.',
      span,
    );
  }
  return found[0] ?? null;
}

export function unknownQualifier({ name, span }: ColumnReference, scope: Scope): AdqlError {
  const qualifier = name.slice(0, -1);
  const written = shortened(qualifier.map((part) => part.name).join('.'));
  const relations = visibleRelations(scope);
  const names = relations.map(nameOf);
  const end = qualifier.at(-1)?.span.end ?? span.end;
  return new AdqlError(
    'unknown-table',
    `No table or alias "${written}" in FROM, which has ${names.join(', ')}.` +
      (aliasOf(written, relations) ??
        columnCalled(written, relations) ??
        didYouMean(written, names)),
    { start: span.start, end },
  );
}

/** An alias hides the name of its table: people write the name all the same. */
function aliasOf(written: string, relations: readonly Relation[]): string | null {
  for (const { source, exposedName } of relations) {
    if (source.kind !== 'table' || exposedName.length > 1) continue;
    const { schema, name } = source.table;
    const names = [name, `${schema}.${name}`].map((own) => own.toLowerCase());
    if (names.includes(written.toLowerCase()))
      return ` ${written} is called ${exposedName.join('')} here.`;
  }
  return null;
}

/** `cloud_access.aws`: people take a column apart as in a program. */
function columnCalled(written: string, relations: readonly Relation[]): string | null {
  const isColumn = relations.some(({ columns }) =>
    columns.some(({ name }) => name.toLowerCase() === written.toLowerCase()),
  );
  return isColumn ? ` ${written} is a column, which has no parts.` : null;
}

export function relationColumns(relation: Relation): readonly VisibleColumn[] {
  return relation.columns.map((column) => ({
    name: column.name,
    delimited: column.delimited,
    relation,
    column,
    otherSide: null,
  }));
}

/** A visible column as a value, mentioned at `span`. */
export function expressionOf(visible: VisibleColumn, span: Span): ResolvedExpression {
  const own = columnExpression(visible.relation, visible.column, span);
  if (visible.otherSide === null) return own;
  const sides = toOneType([own, expressionOf(visible.otherSide, span)]);
  const { type, sqlType, metadata } = sides[0] ?? own;
  return { kind: 'call', sqlFunction: 'coalesce', arguments: sides, type, sqlType, metadata, span };
}

/** How messages name a table of FROM: its alias, or schema.table. */
export function nameOf(relation: Relation): string {
  return relation.exposedName.join('.');
}

function columnExpression(
  relation: Relation,
  column: RelationColumn,
  span: Span,
): ResolvedExpression {
  const plain = plainColumn(relation, column, span);
  const { sqlType, metadata } = plain;
  // No client has a use for exact decimals: they travel and compute as doubles.
  return sqlType === 'numeric' ? { ...cast(plain, 'double precision'), metadata } : plain;
}

function plainColumn(relation: Relation, column: RelationColumn, span: Span): ResolvedColumn {
  const { sqlType, metadata } = column;
  const type = columnTypeOf({ sqlType, xtype: metadata.xtype });
  return { kind: 'column', relation, column, type, sqlType, metadata, span };
}

function columnsOf(visible: VisibleColumn, span: Span): readonly ResolvedColumn[] {
  const { relation, column, otherSide } = visible;
  const own = plainColumn(relation, column, span);
  return otherSide === null ? [own] : [own, ...columnsOf(otherSide, span)];
}

function onlyColumn(
  identifier: Identifier,
  columns: readonly VisibleColumn[],
): VisibleColumn | null {
  const found = matching(identifier, columns);
  if (found.length <= 1) return found[0] ?? null;
  const names = found.map(({ relation, name }) => `${nameOf(relation)}.${name}`);
  const message =
    new Set(names).size === 1
      ? `Several columns are called ${names[0] ?? ''}: give them aliases.`
      : `"${identifier.name}" can mean ${names.join(' or ')}: write which one.`;
  throw new AdqlError('ambiguous-column', message, identifier.span);
}

function isCalled({ exposedName, delimited }: Relation, qualifier: readonly Identifier[]): boolean {
  if (qualifier.length > 1 && exposedName.length === 1) return false;
  // Behind the catalogue's name, which every table shares, only schema and table tell them apart.
  return [...qualifier].reverse().every((part, index) => {
    const name = exposedName.at(-1 - index);
    return name === undefined ? index === 2 : matching(part, [{ name, delimited }]).length === 1;
  });
}

function visibleRelations(scope: Scope): readonly Relation[] {
  const outer = scope.enclosing === null ? [] : visibleRelations(scope.enclosing.scope);
  return [...scope.relations, ...outer];
}

/** `mayBeString`: it stands beside text, so that a string may have been meant. */
export function unknownColumn(
  { name, span }: ColumnReference,
  scope: Scope,
  mayBeString = false,
): AdqlError {
  const identifier = name.at(-1);
  const relations = visibleRelations(scope);
  const written = shortened(identifier?.name ?? '');
  const candidates = relations.flatMap(({ columns }) => columns.map((column) => column.name));
  const isAlias = identifier !== undefined && matching(identifier, aliasesOf(scope)).length > 0;
  const hint = isAlias ? notYetNamed : nameHint(written, candidates);
  const asString = ` Strings stand in single quotes: '${written.replaceAll("'", "''")}'.`;
  return new AdqlError(
    'unknown-column',
    `No column "${written}" in ${relations.map(nameOf).join(', ')}.` +
      (hint === '' && (mayBeString || identifier?.delimited === true) ? asString : hint),
    span,
  );
}

function nameHint(written: string, candidates: readonly string[]): string {
  return takenApart(written, candidates) || didYouMean(written, candidates);
}

/** `BP-RP` without quotes is BP minus RP. */
function takenApart(written: string, candidates: readonly string[]): string {
  const beginning = written.toLowerCase();
  const whole = candidates.find((name) => {
    const rest = name.toLowerCase().startsWith(beginning) ? name.slice(written.length) : '';
    return written !== '' && /^[^\w\s]/.test(rest);
  });
  return whole === undefined
    ? ''
    : ` A name with such characters stands in double quotes: "${whole}".`;
}

const notYetNamed =
  ' It is an alias, which means nothing yet in WHERE and HAVING: repeat the expression.';

function aliasesOf({ aliases }: Scope): readonly Identifier[] {
  return aliases ?? [];
}
