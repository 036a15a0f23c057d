import type { Query } from '../ast.ts';
import { AdqlError, type AdqlWarning } from '../error.ts';
import { parseCondition, parseConditionOrExpression } from './parse-condition.ts';
import { parseExpression } from './parse-expression.ts';
import type { ParseOptions } from './parse-options.ts';
import { parseQuery, parseQueryExpression, parseRestOfQueryExpression } from './parse-query.ts';
import { TokenReader, type Productions } from './token-reader.ts';

export interface Parsed {
  readonly query: Query;
  readonly warnings: readonly AdqlWarning[];
}

const maximumLength = 1_500_000;

/**
 * ADQL text -> tree, in time linear in the text. Names are not looked up, types not checked.
 * Throws AdqlError: 'syntax', 'reserved-word' and 'wrong-arguments' for what the grammar forbids,
 * 'too-complex' for text longer than 1,500,000 UTF-16 code units or nested deeper than 200 levels,
 * 'unsupported' and 'unknown-function' as the options say.
 */
export function parse(adql: string, options: ParseOptions): Parsed {
  if (adql.length > maximumLength) throw tooLong();
  const reader = new TokenReader(adql, productions, options);
  const query = parseQuery(reader);
  return { query, warnings: reader.warnings };
}

const productions: Productions = {
  expression: parseExpression,
  condition: parseCondition,
  conditionOrExpression: parseConditionOrExpression,
  queryExpression: parseQueryExpression,
  restOfQueryExpression: parseRestOfQueryExpression,
};

function tooLong(): AdqlError {
  const message =
    `A query may have ${String(maximumLength)} characters. ` +
    'Upload a long list of values as a table and join it.';
  return new AdqlError('too-complex', message, { start: 0, end: 1 });
}
