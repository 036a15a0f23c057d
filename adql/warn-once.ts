import type { Span } from './ast.ts';
import type { AdqlWarning } from './error.ts';

/** Adds a warning unless the same words were said before: of a thousand comparisons with NULL one tells all. */
export function warnOnce(warnings: AdqlWarning[], message: string, span: Span): void {
  if (!warnings.some((warning) => warning.message === message)) warnings.push({ message, span });
}
