/**
 * What an error says. Not by `instanceof Error`: errors of Node's own modules belong to another
 * realm where the code runs in a vm context, as tests do.
 */
export function messageOf(error: unknown): string {
  return fieldOf(error, 'message') || String(error);
}

/** `ENOENT` and the like; '' when there is none. */
export function codeOf(error: unknown): string {
  return fieldOf(error, 'code');
}

/** `TypeError` and the like; '' when there is none. */
export function nameOf(error: unknown): string {
  return fieldOf(error, 'name');
}

/** What a failed child process wrote to stderr; '' when there is none. */
export function stderrOf(error: unknown): string {
  return fieldOf(error, 'stderr').trim();
}

function fieldOf(error: unknown, name: 'name' | 'message' | 'code' | 'stderr'): string {
  if (typeof error !== 'object' || error === null) return '';
  const field = (error as Readonly<Record<string, unknown>>)[name];
  return typeof field === 'string' ? field : '';
}
