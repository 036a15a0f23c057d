import type { SqlType } from '../catalog.ts';
import type { SqlStatement } from '../translation.ts';

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly value: string | null; readonly type: SqlType };

/** A piece of SQL. Made only by the functions of this file, so no loose string can become SQL. */
export class Sql {
  readonly parts: readonly Part[];

  constructor(parts: readonly Part[]) {
    this.parts = parts;
  }
}

/** Fixed SQL with other pieces set into it. A plain string between the braces does not compile. */
export function sql(fixed: TemplateStringsArray, ...pieces: readonly Sql[]): Sql {
  const parts: Part[] = [];
  fixed.forEach((text, index) => {
    if (text !== '') parts.push({ kind: 'text', text });
    parts.push(...(pieces[index]?.parts ?? []));
  });
  return new Sql(parts);
}

export function identifier(name: string): Sql {
  return new Sql([{ kind: 'text', text: `"${name.replaceAll('"', '""')}"` }]);
}

/** A literal of the user: it travels beside the statement, never in it. */
export function value(text: string | null, type: SqlType): Sql {
  return new Sql([{ kind: 'value', value: text, type }]);
}

/** Pieces side by side; 100,000 of them are joined in linear time and without recursion. */
export function join(pieces: readonly Sql[], separator: Sql): Sql {
  const parts: Part[] = [];
  pieces.forEach((piece, index) => {
    if (index > 0) for (const part of separator.parts) parts.push(part);
    for (const part of piece.parts) parts.push(part);
  });
  return new Sql(parts);
}

/**
 * Equal values of equal type share one placeholder: PostgreSQL takes `a + $1` in SELECT and in
 * GROUP BY for the same expression only when the placeholder is the same.
 */
export function render(piece: Sql): SqlStatement {
  const values: (string | null)[] = [];
  const types: SqlType[] = [];
  const placeholders = new Map<string, string>();
  const text = piece.parts.map((part) => {
    if (part.kind === 'text') return part.text;
    const key = `${part.type} ${part.value === null ? 'null' : `'${part.value}`}`;
    const known = placeholders.get(key);
    if (known !== undefined) return known;
    types.push(part.type);
    const placeholder = `$${String(values.push(part.value))}`;
    placeholders.set(key, placeholder);
    return placeholder;
  });
  return { text: text.join(''), values, types };
}
