import type { Span } from './ast.ts';

/** Every way a query can be wrong. The code is public: clients and tests may rely on it. */
export type AdqlErrorCode =
  | 'syntax'
  | 'reserved-word'
  | 'too-complex'
  | 'unsupported'
  | 'unknown-table'
  | 'unknown-column'
  | 'unknown-function'
  | 'ambiguous-column'
  | 'ambiguous-table'
  | 'duplicate-name'
  | 'wrong-arguments'
  | 'wrong-type'
  | 'not-grouped'
  | 'wrong-value';

/**
 * A query that cannot be answered, told to the astronomer who wrote it.
 * `message` says what is wrong and what to write instead; `span` says where in the query text.
 * `explain` makes the text that clients see from both.
 */
export class AdqlError extends Error {
  override readonly name = 'AdqlError';
  readonly code: AdqlErrorCode;
  readonly span: Span;

  constructor(code: AdqlErrorCode, message: string, span: Span) {
    super(message);
    this.code = code;
    this.span = span;
  }
}

/** Something was read differently from what was written; the answer carries it as an INFO. */
export interface AdqlWarning {
  readonly message: string;
  readonly span: Span;
}
