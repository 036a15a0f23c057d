import { identifier, join, sql, type Sql, value } from '../../adql/index.ts';
import type { Collection } from './collection.ts';
import type { Rule } from './collection-definition.ts';
import { LoadError } from './load-error.ts';
import type { ObscoreColumn } from './obscore-columns.ts';

/** One rule of a definition, and the column that it is for. */
export interface ColumnRule {
  readonly column: ObscoreColumn;
  readonly rule: Rule;
  readonly collection: Collection;
}

const numericTypes: ReadonlyMap<string, Sql> = new Map([
  ['integer', sql`integer`],
  ['bigint', sql`bigint`],
  ['double precision', sql`double precision`],
]);

const textTypes: ReadonlyMap<string, Sql> = new Map([
  ['text', sql`text`],
  ['timestamp without time zone', sql`timestamp`],
]);

/**
 * The rule as an SQL expression of the column's type, over a staged object `s` and the look-up rows
 * beside it. Throws a LoadError that names the column when the rule cannot give such a value.
 */
export function compileRule(given: ColumnRule): Sql {
  const type = (givesNumber(given.rule) ? numericTypes : textTypes).get(given.column.type);
  const cast = given.rule.kind === 'lookup' ? anyType(given.column.type) : type;
  if (cast === undefined)
    return refuse(given, `a ${given.rule.kind} gives no ${given.column.type}`);
  return sql`CAST(${expression(given.rule, given)} AS ${cast})`;
}

function anyType(name: string): Sql | undefined {
  return numericTypes.get(name) ?? textTypes.get(name);
}

function givesNumber(rule: Rule): boolean {
  return rule.kind === 'constant' ? typeof rule.value === 'number' : rule.kind !== 'template';
}

function expression(rule: Rule, given: ColumnRule): Sql {
  switch (rule.kind) {
    case 'constant':
      return constant(rule.value);
    case 'template':
      return template(rule.template, given);
    case 'number':
      return part(rule.part, given);
    case 'lookup':
      return lookup(rule.name, given);
    case 'mjd':
      return mjdOfDayOfYear(part(rule.part, given));
    case 'size':
      return sql`COALESCE(NULLIF((s.size + 999) / 1000, 0), ${value(String(rule.otherwise), 'bigint')})`;
    case 'sum':
      return join(
        rule.terms.map((term) => number(term, given)),
        sql` + `,
      );
    case 'quotient':
      return sql`${number(rule.dividend, given)} / ${number(rule.divisor, given)}`;
  }
}

/** An operand of a sum or quotient. */
function number(rule: Rule, given: ColumnRule): Sql {
  if (!givesNumber(rule)) return refuse(given, `a ${rule.kind} is no number to reckon with`);
  return sql`CAST(${expression(rule, given)} AS double precision)`;
}

function constant(constantValue: string | number): Sql {
  return typeof constantValue === 'number'
    ? value(String(constantValue), 'double precision')
    : value(constantValue, 'text');
}

/** `ivo://a.b/c?{obs_id}`: fixed text and references by turns. */
function template(text: string, given: ColumnRule): Sql {
  const pieces = text.split(/\{([^{}]*)\}/).map((piece, index) => {
    if (index % 2 === 0) return piece === '' ? undefined : value(piece, 'text');
    return piece.includes('.') ? lookup(piece, given) : part(piece, given);
  });
  return join(
    pieces.filter((piece) => piece !== undefined),
    sql` || `,
  );
}

function part(name: string, given: ColumnRule): Sql {
  const known = ['key', ...given.collection.keys.parts];
  if (!known.includes(name)) {
    return refuse(given, `the key has no part "${name}"; it has ${known.slice(1).join(', ')}`);
  }
  return sql`s.${identifier(name === 'key' ? name : partColumn(name))}`;
}

function lookup(name: string, given: ColumnRule): Sql {
  const [tableName = '', column = ''] = name.split('.');
  const table = given.collection.lookups.find((known) => known.name === tableName);
  const place = table?.columns.indexOf(column) ?? -1;
  if (table === undefined || place < 0) {
    return refuse(given, `there is no look-up "${name}" (write table.column)`);
  }
  const wrong = table.rows.find((row) => Number.isNaN(Number(row[place])));
  if (wrong !== undefined && numericTypes.has(given.column.type)) {
    return refuse(given, `${table.file} holds "${String(wrong[place])}", which is no number`);
  }
  return sql`${identifier(lookupTableName(tableName))}.${identifier(column)}`;
}

/**
 * MJD of `YYYYDDDHHMMSS` by counting days since the year 1 (MJD -678575). Plain integer arithmetic:
 * no time stamp, however odd, can fail a load, and it costs a third of make_date.
 */
function mjdOfDayOfYear(stamp: Sql): Sql {
  const field = (from: Sql, length: Sql): Sql =>
    sql`CAST(substr(${stamp}, ${from}, ${length}) AS integer)`;
  const yearsBefore = sql`(${field(sql`1`, sql`4`)} - 1)`;
  const days = sql`${yearsBefore} * 365 + ${yearsBefore} / 4 - ${yearsBefore} / 100
    + ${yearsBefore} / 400 + ${field(sql`5`, sql`3`)} - 1 - 678575`;
  const seconds = sql`${field(sql`8`, sql`2`)} * 3600 + ${field(sql`10`, sql`2`)} * 60
    + ${field(sql`12`, sql`2`)}`;
  return sql`(${days}) + (${seconds}) / CAST(86400 AS double precision)`;
}

/** The staging table's column of a part: a part may be called `key`, `size` or `line` too. */
export function partColumn(name: string): string {
  return `part_${name}`;
}

export function lookupTableName(name: string): string {
  return `lookup_${name}`;
}

function refuse({ column, collection }: ColumnRule, reason: string): never {
  throw new LoadError(`${collection.source}, columns.${column.name}: ${reason}.`);
}
