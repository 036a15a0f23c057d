import type { Condition, Expression, QueryExpression, QueryTerm, Span } from '../ast.ts';
import { AdqlError, type AdqlWarning } from '../error.ts';
import type { OptionalFeature, ParseOptions } from './parse-options.ts';
import type { Token } from './token.ts';
import { Tokenizer } from './tokenize.ts';
import { unclosedParenthesis, unexpectedToken } from './unexpected-token.ts';

/** What the lower chapters of the grammar need of the upper ones; parse.ts puts it together. */
export interface Productions {
  readonly expression: (reader: TokenReader) => Expression;
  readonly condition: (reader: TokenReader) => Condition;
  /** Inside parentheses only the end tells whether it was a value or a condition. */
  readonly conditionOrExpression: (reader: TokenReader) => Condition | Expression;
  readonly queryExpression: (reader: TokenReader) => QueryExpression;
  /** Goes on behind a query in parentheses that turned out to be the first set operand. */
  readonly restOfQueryExpression: (reader: TokenReader, first: QueryTerm) => QueryExpression;
}

/**
 * Parentheses within parentheses. At 200, parser and printer use 300 to 500 kB of the default stack
 * (984 kB) in the worst mixture; what people and programs write stays below 20.
 */
const maximumDepth = 200;

/**
 * Operators, joins or set operators in one chain: a+b+c is a tree that leans to the left, and later
 * passes walk it by recursion. 500 levels leave them 2 kB of the default stack (984 kB) for each.
 */
const maximumHeight = 500;

/**
 * Names, words and signs in a query, values and their commas not counted: 10,000 branches of a CASE have
 * half as many. It ends at once what would not fit into a statement for PostgreSQL anyway.
 */
const maximumWords = 100_000;

/** What stands between the numbers of a list. */
const partsOfLists: ReadonlySet<string> = new Set([',', '-', '+']);

/** Numbers and strings in a query: 1 MB of them; each takes some 500 bytes while the query is translated. */
const maximumValues = 200_000;

/** Walks over the tokens and remembers what would have been right at the present one. */
export class TokenReader {
  /** The present token; at the end it stays the `end` token. */
  token: Token;
  /** The one before, null at the start. */
  previous: Token | null = null;
  readonly adql: string;
  readonly options: ParseOptions;
  readonly productions: Productions;
  readonly warnings: AdqlWarning[] = [];
  /** Of the trees read so far in the present expression: the height of the highest. */
  height = 0;
  readonly #tokenizer: Tokenizer;
  /** The present token and those that were looked at behind it. */
  readonly #ahead: Token[] = [];
  readonly #expected: string[] = [];
  #depth = 0;
  #words = 0;
  #values = 0;

  constructor(adql: string, productions: Productions, options: ParseOptions) {
    this.adql = adql;
    this.options = options;
    this.productions = productions;
    this.#tokenizer = new Tokenizer(adql, this.warnings);
    this.token = this.peek(0);
  }

  get extensions(): boolean {
    return this.options.extensions ?? true;
  }

  /** The token `distance` places ahead; behind the last one the last one. */
  peek(distance: number): Token {
    let token = this.#ahead[distance];
    while (token === undefined) {
      this.#ahead.push(this.#tokenizer.next());
      token = this.#ahead[distance];
    }
    return token;
  }

  advance(): Token {
    const passed = this.token;
    this.#count(passed);
    this.previous = passed;
    this.#ahead.shift();
    this.token = this.peek(0);
    if (this.#expected.length > 0) this.#expected.length = 0;
    return passed;
  }

  #count({ kind, text, span }: Token): void {
    if (kind === 'number' || kind === 'string') this.#values += 1;
    else if (!partsOfLists.has(text)) this.#words += 1;
    if (this.#words > maximumWords) {
      const message =
        `The query has more than ${String(maximumWords)} names, words and signs beside its values. ` +
        'Write long lists as column IN (...), or upload them as a table and join it.';
      throw new AdqlError('too-complex', message, span);
    }
    if (this.#values > maximumValues) {
      const message =
        `The query has more than ${String(maximumValues)} numbers and strings. ` +
        'Upload them as a table and join it.';
      throw new AdqlError('too-complex', message, span);
    }
  }

  atKeyword(word: string): boolean {
    return this.token.kind === 'keyword' && this.token.text === word;
  }

  atOperator(text: string): boolean {
    return this.token.kind === 'operator' && this.token.text === text;
  }

  /** Steps over the keyword if it is there; else `what` is noted as missing. */
  acceptKeyword(word: string, what = word): boolean {
    if (this.atKeyword(word)) {
      this.advance();
      return true;
    }
    this.expected(what);
    return false;
  }

  /** Steps over the keyword if it is there; its absence is not worth a word in an error. */
  skipKeyword(word: string): boolean {
    const isThere = this.atKeyword(word);
    if (isThere) this.advance();
    return isThere;
  }

  expectKeyword(word: string): Token {
    const { token } = this;
    if (!this.acceptKeyword(word)) throw this.unexpected();
    return token;
  }

  acceptOperator(text: string): boolean {
    if (this.atOperator(text)) {
      this.advance();
      return true;
    }
    this.expected(text);
    return false;
  }

  /** Notes for an error message, in words, what could have stood at the present token. */
  expected(what: string): void {
    this.#expected.push(what);
  }

  /** The error that nothing fits the present token. */
  unexpected(): AdqlError {
    return unexpectedToken({
      adql: this.adql,
      found: this.token,
      next: this.peek(1),
      previous: this.previous,
      expected: [...new Set(this.#expected)],
      depth: this.#depth,
    });
  }

  /** Steps over `(`, to be given to `close` later. Throws 'too-complex' when too many are open. */
  open(): Token {
    const { token } = this;
    if (!this.acceptOperator('(')) throw this.unexpected();
    this.descend(token.span);
    return token;
  }

  close(opening: Token): void {
    if (!this.acceptOperator(')')) {
      throw unclosedParenthesis(opening, this.adql) ?? this.unexpected();
    }
    this.ascend();
  }

  /** For constructs that hold others of their kind; each ends with `ascend`. */
  descend(span: Span): void {
    this.#depth += 1;
    if (this.#depth <= maximumDepth) return;
    const message = `The query is nested more than ${String(maximumDepth)} levels deep.`;
    throw new AdqlError('too-complex', `${message} Simplify it.`, span);
  }

  ascend(): void {
    this.#depth -= 1;
  }

  /** Counts one more level of a tree that leans to the left. */
  deepen(): void {
    this.height += 1;
    if (this.height <= maximumHeight) return;
    const message =
      `More than ${String(maximumHeight)} operators or joins are chained here. ` +
      'Split the query, or use IN for a list of values.';
    throw new AdqlError('too-complex', message, this.token.span);
  }

  /** From there to the end of the token before the present one. */
  spanFrom(start: number): Span {
    return { start, end: this.previous?.span.end ?? start };
  }

  /** Throws 'unsupported' when the feature to which `what` belongs is switched off. */
  requireFeature(feature: OptionalFeature, what: Token): void {
    if (this.options.disabled?.has(feature) !== true) return;
    const name = this.adql.slice(what.span.start, what.span.end).toUpperCase();
    const message = `${name} is not supported here: it is an optional feature of ADQL (${feature}).`;
    throw new AdqlError('unsupported', message, what.span);
  }
}
