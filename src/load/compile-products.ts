import { identifier, join, sql, type Sql } from '../../adql/index.ts';
import { cloudAccessColumn, cloudUriColumn } from '../cloud/cloud-columns.ts';
import type { Collection } from './collection.ts';
import { compileRule, lookupTableName, partColumn } from './compile-rule.ts';
import { LoadError } from './load-error.ts';
import type { LookupTable } from './lookup-table.ts';
import type { ObscoreColumn } from './obscore-columns.ts';

/** A collection definition as SQL: how staged objects become rows of ivoa.obscore. */
export interface Products {
  /** The columns that the definition fills; the others stay NULL. */
  readonly columns: readonly string[];
  /** `SELECT line, <columns> FROM staged ...`: one row for each staged object. */
  readonly select: Sql;
}

/** Throws a LoadError for every column that does not exist, is missing, or has an unfit rule. */
export function compileProducts(collection: Collection, known: readonly ObscoreColumn[]): Products {
  refuseWrongColumns(collection, known);
  const { location, columns } = collection;
  const filled: [string, Sql][] = known.flatMap((column): [string, Sql][] => {
    const rule = columns[column.name];
    return rule === undefined ? [] : [[column.name, compileRule({ column, rule, collection })]];
  });
  filled.push(['cloud_access', cloudAccessColumn(location, sql`s.key`)]);
  filled.push(['cloud_uri', cloudUriColumn(location, sql`s.key`)]);
  const outputs = filled.map(([name, expression]) => sql`${expression} AS ${identifier(name)}`);
  return {
    columns: filled.map(([name]) => name),
    select: sql`SELECT s.line, ${join(outputs, sql`, `)} FROM staged s${joins(collection.lookups)}`,
  };
}

function refuseWrongColumns(
  { source, columns }: Collection,
  known: readonly ObscoreColumn[],
): void {
  const faults = [
    ...Object.keys(columns)
      .filter((name) => !known.some((column) => column.name === name))
      .map((name) => `ivoa.obscore has no column "${name}"`),
    ...['cloud_access', 'cloud_uri']
      .filter((name) => name in columns)
      .map((name) => `"${name}" follows from "location", so it takes no rule`),
    ...known
      .filter(({ name, mandatory }) => mandatory && !(name in columns))
      .map(({ name }) => `"${name}" may not be NULL, so it needs a rule`),
  ];
  if (faults.length > 0) throw new LoadError(`${source}, columns: ${faults.join('; ')}.`);
}

/** A product without a row in a look-up table has NULL where its values would stand. */
function joins(lookups: readonly LookupTable[]): Sql {
  return join(
    lookups.map(({ name, by }) => {
      const table = identifier(lookupTableName(name));
      const conditions = by.map(
        (part) => sql`${table}.${identifier(part)} = s.${identifier(partColumn(part))}`,
      );
      return sql` LEFT JOIN ${table} ON ${join(conditions, sql` AND `)}`;
    }),
    sql``,
  );
}
