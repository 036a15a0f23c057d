import type { ColumnMetadata, SqlType } from './catalog.ts';
import type { AdqlWarning } from './error.ts';

/** SQL ready for PostgreSQL: placeholders in the text, client data only in the values. */
export interface SqlStatement {
  /** One SELECT with $1..$n; its output columns are called c1..cN. */
  readonly text: string;
  /** In PostgreSQL's text form, one per placeholder; equal values of equal type share one. */
  readonly values: readonly (string | null)[];
  /** The type of each value, declared in Parse: the text holds no casts on placeholders. */
  readonly types: readonly SqlType[];
}

/** A column of the answer: its FIELD, and the type in which PostgreSQL sends it. */
export interface OutputColumn extends ColumnMetadata {
  /**
   * Alias or column name as written, else (in `*`) the column's declared name, else a generated one
   * (TAP 1.1, "FIELD names"); only names that the user made equal repeat.
   */
  readonly name: string;
  readonly sqlType: SqlType;
}

/** What the statement touches, as the translator knows it: the gate holds the SQL against it. */
export interface StatementUses {
  /** PostgreSQL names, `schema.table`, sorted, each once. */
  readonly tables: readonly string[];
  /**
   * PostgreSQL functions, lower case, schema-qualified where not of pg_catalog (`adql.log`), sorted,
   * each once: whatever is called as `name(...)` in the text, aggregates, coalesce, nullif and
   * row_number included. Not CAST, EXISTS, IN, ANY, ALL, nor the DISTINCT of `sum(DISTINCT (x))`,
   * which are syntax (node-sql-parser reads that DISTINCT as a function).
   */
  readonly functions: readonly string[];
}

export interface Translation {
  readonly statement: SqlStatement;
  readonly columns: readonly OutputColumn[];
  readonly uses: StatementUses;
  readonly warnings: readonly AdqlWarning[];
}
