import type { SqlType } from '../catalog.ts';
import type { SqlStatement, StatementUses } from '../translation.ts';

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly value: string | null; readonly type: SqlType }
  | { readonly kind: 'table'; readonly name: string; readonly text: string }
  | { readonly kind: 'function'; readonly name: string };

/**
 * A piece of SQL. Made only by the functions of this file, so no loose string can become SQL.
 * Pieces hold pieces, so setting one into another costs the same however long it is.
 */
export class Sql {
  readonly parts: readonly (Part | Sql)[];

  constructor(parts: readonly (Part | Sql)[]) {
    this.parts = parts;
  }
}

/** Fixed SQL with other pieces set into it. A plain string between the braces does not compile. */
export function sql(fixed: TemplateStringsArray, ...pieces: readonly Sql[]): Sql {
  const parts: (Part | Sql)[] = [];
  const texts = textParts(fixed);
  for (let index = 0; index < texts.length; index++) {
    const text = texts[index];
    if (text !== undefined && text.text !== '') parts.push(text);
    const piece = pieces[index];
    if (piece !== undefined) parts.push(piece);
  }
  return new Sql(parts);
}

type Text = Extract<Part, { kind: 'text' }>;

const knownTexts = new WeakMap<TemplateStringsArray, readonly Text[]>();

/** A template's fixed texts are one array for the life of the program: they become parts once. */
function textParts(fixed: TemplateStringsArray): readonly Text[] {
  const known = knownTexts.get(fixed);
  if (known !== undefined) return known;
  const texts = fixed.map((text): Text => ({ kind: 'text', text }));
  knownTexts.set(fixed, texts);
  return texts;
}

export function identifier(name: string): Sql {
  return new Sql([{ kind: 'text', text: quoted(name) }]);
}

/** A literal of the user: it travels beside the statement, never in it. */
export function value(text: string | null, type: SqlType): Sql {
  return new Sql([{ kind: 'value', value: text, type }]);
}

/** `"schema"."table"`; `usesOf` finds it again. */
export function table(schema: string, name: string): Sql {
  const text = `${quoted(schema)}.${quoted(name)}`;
  return new Sql([{ kind: 'table', name: `${schema}.${name}`, text }]);
}

/**
 * Names that the statement itself gives: output columns `c1`, tables `t1`, set operands `s1`,
 * common table expressions `q1`. Numbered, so that no name of a user is ever SQL.
 */
export function generated(prefix: 'c' | 't' | 's' | 'q', number: number): Sql {
  return new Sql([{ kind: 'text', text: `${prefix}${String(number)}` }]);
}

/** `t1."name"`: a column of the table that the statement calls `t<number>`. */
export function columnOf(tableNumber: number, name: string): Sql {
  return new Sql([{ kind: 'text', text: `t${String(tableNumber)}.${quoted(name)}` }]);
}

/** `name(a, b)`; `usesOf` finds the name again. The name is lower case, of PostgreSQL or `adql.`. */
export function call(name: string, ...argumentsOfCall: readonly Sql[]): Sql {
  return callOfMany(name, argumentsOfCall);
}

/** The same for a list of any length: JavaScript passes no more than some 100,000 arguments. */
export function callOfMany(name: string, argumentsOfCall: readonly Sql[]): Sql {
  const open: Part = { kind: 'text', text: '(' };
  const close: Part = { kind: 'text', text: ')' };
  return new Sql([{ kind: 'function', name }, open, join(argumentsOfCall, comma), close]);
}

export const comma: Sql = sql`, `;

/** Pieces side by side. */
export function join(pieces: readonly Sql[], separator: Sql): Sql {
  const parts: Sql[] = [];
  pieces.forEach((piece, index) => {
    if (index > 0) parts.push(separator);
    parts.push(piece);
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
  const text: string[] = [];
  forEachPart(piece, (part) => {
    if (part.kind !== 'value') {
      text.push(part.kind === 'function' ? part.name : part.text);
      return;
    }
    const key = `${part.type} ${part.value === null ? 'null' : `'${part.value}`}`;
    let placeholder = placeholders.get(key);
    if (placeholder === undefined) {
      types.push(part.type);
      placeholder = `$${String(values.push(part.value))}`;
      placeholders.set(key, placeholder);
    }
    text.push(placeholder);
  });
  return { text: text.join(''), values, types };
}

/** Every table and function that was set into the piece by `table` and `call`. */
export function usesOf(piece: Sql): StatementUses {
  const tables = new Set<string>();
  const functions = new Set<string>();
  forEachPart(piece, (part) => {
    if (part.kind === 'table') tables.add(part.name);
    if (part.kind === 'function') functions.add(part.name);
  });
  return { tables: [...tables].sort(), functions: [...functions].sort() };
}

/** In the order of the text; without recursion, whatever the nesting. */
function forEachPart(piece: Sql, visit: (part: Part) => void): void {
  const pending: { readonly parts: Sql['parts']; next: number }[] = [
    { parts: piece.parts, next: 0 },
  ];
  for (let top = pending.at(-1); top !== undefined; top = pending.at(-1)) {
    const part = top.parts[top.next++];
    if (part === undefined) pending.pop();
    else if (part instanceof Sql) pending.push({ parts: part.parts, next: 0 });
    else visit(part);
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
