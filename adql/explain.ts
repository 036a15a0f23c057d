import type { Span } from './ast.ts';

/** Where a span begins, both counted from 1, as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const excerptWidth = 100;

/**
 * The text that clients see of an error or warning, the same wherever it appears:
 *
 *     Line 1, column 15: No table "ivoa.obscor". Did you mean ivoa.obscore?
 *     SELECT * FROM ivoa.obscor
 *                   ^^^^^^^^^^^
 */
export function explain(
  problem: { readonly message: string; readonly span: Span },
  adql: string,
): string {
  const { line, column } = positionOf(problem.span.start, adql);
  const lineStart = adql.lastIndexOf('\n', problem.span.start - 1) + 1;
  const lineEnd = endOfLine(adql, problem.span.start);
  // A line of 1 MB is shown as a window around the fault.
  const from = Math.max(lineStart, problem.span.start - excerptWidth / 2);
  const to = Math.min(lineEnd, from + excerptWidth);
  const excerpt = adql.slice(from, to).replaceAll(/\s/g, ' ');
  const width = Math.max(1, Math.min(problem.span.end, to) - problem.span.start);
  const caret = ' '.repeat(problem.span.start - from) + '^'.repeat(width);
  return `Line ${String(line)}, column ${String(column)}: ${problem.message}\n${excerpt}\n${caret}`;
}

function positionOf(offset: number, text: string): Position {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}
