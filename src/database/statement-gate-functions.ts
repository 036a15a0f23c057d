/**
 * Functions of PostgreSQL itself that a user's query may run. Short on purpose: what computes
 * something from its arguments, and nothing that sleeps, reads files or settings, changes the
 * session or runs SQL from text. Our own functions are known by their schema instead.
 */
export const harmlessFunctions: ReadonlySet<string> = new Set([
  // aggregates and windows
  ...['count', 'min', 'max', 'sum', 'avg', 'string_agg', 'array_agg', 'bool_and', 'bool_or'],
  ...['stddev', 'stddev_pop', 'stddev_samp', 'variance', 'var_pop', 'var_samp', 'row_number'],
  // choice
  ...['coalesce', 'nullif', 'greatest', 'least'],
  // numbers
  ...[
    'abs',
    'ceil',
    'ceiling',
    'floor',
    'round',
    'trunc',
    'sign',
    'mod',
    'div',
    'exp',
    'ln',
    'log',
  ],
  ...['log10', 'sqrt', 'cbrt', 'power', 'pi', 'random', 'degrees', 'radians'],
  ...['sin', 'cos', 'tan', 'cot', 'asin', 'acos', 'atan', 'atan2'],
  // text
  ...['lower', 'upper', 'length', 'char_length', 'substr', 'substring', 'strpos', 'left', 'right'],
  ...[
    'trim',
    'btrim',
    'ltrim',
    'rtrim',
    'replace',
    'concat',
    'lpad',
    'rpad',
    'split_part',
    'starts_with',
    'textlike',
  ],
  ...['string_to_array', 'array_to_string', 'to_char'],
  // dates
  ...['extract', 'date_part', 'to_timestamp', 'make_timestamp', 'timezone'],
  // arrays and JSON
  ...['unnest', 'array_length', 'cardinality', 'array_position', 'jsonb_extract_path_text'],
  ...['jsonb_typeof', 'jsonb_array_length', 'jsonb_array_elements'],
]);

/** Schemas whose functions are made by `schema/*.sql` for users' queries. */
export const ownSchemas: ReadonlySet<string> = new Set(['adql', 'sky', 'ivoa']);
