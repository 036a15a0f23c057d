/** The optional feature groups of ADQL 2.1 (section 4), by their names in TAPRegExt 1.1. */
export type OptionalFeature =
  | 'geometry'
  | 'udf'
  | 'string'
  | 'common-table'
  | 'sets'
  | 'type'
  | 'conditional'
  | 'unit'
  | 'offset';

export interface ParseOptions {
  /** In 2.0 the words that 2.1 reserved anew (OFFSET, ILIKE...) may be names. */
  readonly language: 'ADQL-2.0' | 'ADQL-2.1';
  /** Refuse JOIN with neither ON, USING nor NATURAL. Default: false, it joins every row with every row. */
  readonly strictJoin?: boolean;
  /** Accept CASE, scalar subqueries, CROSS JOIN, LIMIT n and the like. Default: true. */
  readonly extensions?: boolean;
  /** Is a user defined function of this name declared? Not given: whoever resolves names decides. */
  readonly functions?: (name: string) => boolean;
  /** Features that are switched off: using one is an error. Default: none. */
  readonly disabled?: ReadonlySet<OptionalFeature>;
}
