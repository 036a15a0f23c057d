import type { Span } from '../ast.ts';

type TokenKind =
  /** A reserved word; `text` in upper case. */
  | 'keyword'
  /** An unquoted name; `text` as written. */
  | 'regular'
  /** A name in double quotes; `text` without them, doubled ones undone. */
  | 'delimited'
  /** An unsigned number; `text` as written. */
  | 'number'
  /** `text` without the quotes, doubled ones undone; continuation lines joined. */
  | 'string'
  /** `text` is one of the operators and separators of ADQL, or `;`. */
  | 'operator'
  /** After the last one; `text` is empty. */
  | 'end';

/** One shape for all kinds: the parser asks for kind and text of every token, many times. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly span: Span;
}
