import type { Case, Condition, Expression, Span } from '../ast.ts';
import { AdqlError } from '../error.ts';
import type { TokenReader } from './token-reader.ts';

/** The text of the operand of a simple CASE, times its branches, in UTF-16 code units. */
const maximumCopiedLength = 200_000;

interface Branch {
  readonly when: Condition;
  readonly then: Expression;
}

/**
 * CASE, an extension. The simple form `CASE x WHEN v` becomes `CASE WHEN x = v`, x standing in the
 * tree once for every branch; so x is kept small and must not hold a CASE itself, or walking the
 * tree could take exponential time.
 */
export function parseCase(reader: TokenReader): Case {
  const { span } = reader.advance();
  reader.descend(span);
  const operand = parseCaseOperand(reader);
  const branches: Branch[] = [];
  do branches.push(parseBranch(reader, operand));
  while (reader.atKeyword('WHEN'));
  const otherwise = reader.acceptKeyword('ELSE') ? reader.productions.expression(reader) : null;
  reader.expectKeyword('END');
  reader.ascend();
  if (operand !== null) limitCopies(operand.span, branches.length);
  return { kind: 'case', branches, otherwise, span: reader.spanFrom(span.start) };
}

function parseCaseOperand(reader: TokenReader): Expression | null {
  if (reader.atKeyword('WHEN')) return null;
  const { start } = reader.token.span;
  const operand = reader.productions.expression(reader);
  const span = reader.spanFrom(start);
  if (/\b(?:case|select)\b/i.test(reader.adql.slice(span.start, span.end))) {
    const message = 'Between CASE and WHEN stands no CASE and no subquery: write CASE WHEN x = ...';
    throw new AdqlError('too-complex', message, span);
  }
  return operand;
}

function parseBranch(reader: TokenReader, operand: Expression | null): Branch {
  reader.expectKeyword('WHEN');
  const when =
    operand === null ? reader.productions.condition(reader) : parseEqual(reader, operand);
  reader.expectKeyword('THEN');
  return { when, then: reader.productions.expression(reader) };
}

function parseEqual(reader: TokenReader, left: Expression): Condition {
  const right = reader.productions.expression(reader);
  return { kind: 'comparison', operator: '=', left, right, span: right.span };
}

function limitCopies(operand: Span, branches: number): void {
  if ((operand.end - operand.start) * branches <= maximumCopiedLength) return;
  const message = 'This CASE has too many branches for so long an operand: name it in a subquery.';
  throw new AdqlError('too-complex', message, operand);
}
