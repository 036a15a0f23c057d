import type { Catalog } from './catalog.ts';
import { compile } from './compile/compile-query.ts';
import { render, usesOf } from './compile/sql.ts';
import { AdqlError } from './error.ts';
import { parse } from './parse/parse.ts';
import { checkSizes } from './resolve/check-sizes.ts';
import { resolve } from './resolve/resolve.ts';
import type { SqlStatement, Translation } from './translation.ts';

export interface TranslateOptions {
  readonly catalog: Catalog;
  /** In 2.0 the words that 2.1 reserved anew (OFFSET, ILIKE...) may be names. */
  readonly language: 'ADQL-2.0' | 'ADQL-2.1';
  /** The statement returns at most this many rows, whatever TOP says. */
  readonly rowLimit: number;
}

/**
 * ADQL -> SQL, its values, and the columns of its answer. Pure: the same text, catalogue and options
 * give the same translation. Throws AdqlError for whatever is wrong with the query; `explain` words it.
 */
export function translate(adql: string, options: TranslateOptions): Translation {
  const parsed = parse(adql, options);
  const resolved = resolve(parsed.query, adql, options.catalog);
  checkSizes(resolved.statement);
  const compiled = compile(resolved.statement, options.rowLimit);
  const statement = render(compiled);
  checkSize(statement, adql);
  return {
    statement,
    columns: resolved.statement.query.columns,
    uses: usesOf(compiled),
    warnings: [...parsed.warnings, ...resolved.warnings],
  };
}

/** PostgreSQL's protocol counts values in 16 bits. */
const maximumValues = 65_535;

/**
 * Characters of SQL: some 17,000 conditions. PostgreSQL plans them in a few seconds; lists and shapes
 * travel as values and do not count.
 */
const longestText = 400_000;

function checkSize({ text, values }: SqlStatement, adql: string): void {
  if (values.length <= maximumValues && text.length <= longestText) return;
  const message =
    'The query holds too many values or conditions. ' +
    'Write long lists as column IN (...), or upload them as a table.';
  throw new AdqlError('too-complex', message, { start: 0, end: adql.length });
}
