import {
  expressionShapes,
  partShapes,
  type Shape,
  type ShapeName,
  subqueryShape,
  wordLists,
} from './statement-gate-shapes.ts';

/** What a statement names, by its own text. */
export interface NamedThings {
  /** `schema.table`, sorted, each once. */
  readonly tables: readonly string[];
  /** Lower case, with schema where the text has one (but `pg_catalog`), sorted, each once. */
  readonly functions: readonly string[];
}

/** Says what in the tree is not on the lists; for the log. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
}

type Node = Readonly<Record<string, unknown>>;

/** Syntax that node-sql-parser reads as a function. */
const syntaxWords: ReadonlySet<string> = new Set([
  'exists',
  'any',
  'all',
  'array',
  'not',
  'distinct',
]);

const alias = /^[a-z_]\w*(\([a-z_]\w*(, [a-z_]\w*)*\))?$/;
const commonTableName = /^[a-z]\d+$/;

/**
 * Walks the trees of the SELECTs that one statement consists of and lists what they name.
 * @throws NotAllowed at the first part that is not on the lists
 */
export function walkStatements(trees: readonly unknown[]): NamedThings {
  const named = new Names();
  // A stack of our own: 500 additions are a tree of depth 500.
  const pending = trees.map((tree): [shape: ShapeName, value: unknown] => ['select', tree]);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [shape, value] = next;
    if (isEmpty(value)) continue;
    if (Array.isArray(value)) for (const item of value) pending.push([shape, item]);
    else if (isNode(value)) pending.push(...partsOf(shape, value, named));
    else checkWord(shape, value);
  }
  return named.list();
}

function partsOf(name: ShapeName, node: Node, named: Names): [ShapeName, unknown][] {
  const shape = shapeOf(name, node);
  named.note(name, node);
  const filled = Object.entries(node).filter(([key, value]) => key !== 'loc' && !isEmpty(value));
  return filled.map(([key, value]) => {
    const part = shape[key];
    if (part === undefined) throw new NotAllowed(`${name} has "${key}": ${excerpt(value)}`);
    return [part, value];
  });
}

function shapeOf(name: ShapeName, node: Node): Shape {
  if (name === 'expression') {
    if (isNode(node['ast'])) return subqueryShape;
    const shape = expressionShapes[String(node['type'])];
    if (shape !== undefined) return shape;
  } else if (name in partShapes) {
    if (name === 'select' && node['type'] !== 'select') throw new NotAllowed(excerpt(node));
    return (partShapes as Readonly<Record<string, Shape>>)[name] ?? {};
  }
  throw new NotAllowed(`${name}: ${excerpt(node)}`);
}

function checkWord(name: ShapeName, value: unknown): void {
  if (name === 'word' || name === 'name' || name === 'columnName') return;
  const text = String(value);
  if (name === 'alias' && alias.test(text)) return;
  const words = (wordLists as Readonly<Partial<Record<string, readonly string[]>>>)[name];
  if (words?.includes(text) !== true) throw new NotAllowed(`${name}: ${text}`);
}

class Names {
  readonly #tables = new Set<string>();
  readonly #functions = new Set<string>();
  readonly #commonTables = new Set<string>();
  /** Tables without a schema: they must be common tables, declared before or behind. */
  readonly #bareTables = new Set<string>();

  note(shape: ShapeName, node: Node): void {
    if (shape === 'commonTable') this.#noteCommonTable(textOf(node['name']));
    else if (shape === 'source') this.#noteSource(node);
    else if (shape === 'expression') this.#noteExpression(node);
  }

  list(): NamedThings {
    for (const name of this.#bareTables) {
      if (!this.#commonTables.has(name)) throw new NotAllowed(`table without schema: ${name}`);
    }
    return { tables: [...this.#tables].sort(), functions: [...this.#functions].sort() };
  }

  /** A name of our own making cannot stand in for a table of PostgreSQL where it is not in scope. */
  #noteCommonTable(name: string): void {
    if (!commonTableName.test(name)) throw new NotAllowed(`common table: ${name}`);
    this.#commonTables.add(name);
  }

  #noteSource({ db, table }: Node): void {
    if (typeof table !== 'string') return;
    if (typeof db === 'string') this.#tables.add(`${db}.${table}`);
    else this.#bareTables.add(table);
  }

  #noteExpression(node: Node): void {
    if (node['type'] === 'aggr_func' || node['type'] === 'window_func') {
      this.#functions.add(textOf(node['name']).toLowerCase());
    } else if (node['type'] === 'function' && isNode(node['name'])) {
      this.#noteFunction(node['name']);
    }
  }

  #noteFunction({ name, schema }: Node): void {
    if (!Array.isArray(name) || name.length !== 1) throw new NotAllowed(excerpt(name));
    const text = foldedText(name[0]);
    const prefix = isNode(schema) ? `${foldedText(schema)}.` : '';
    if (prefix === '' && isUnquoted(name[0]) && syntaxWords.has(text)) return;
    this.#functions.add(`${prefix}${text}`.replace(/^pg_catalog\./, ''));
  }
}

function isUnquoted(name: unknown): boolean {
  return isNode(name) && name['type'] !== 'double_quote_string';
}

/** As PostgreSQL reads it: without quotes in lower case. */
function foldedText(name: unknown): string {
  return isUnquoted(name) ? textOf(name).toLowerCase() : textOf(name);
}

function textOf(name: unknown): string {
  return isNode(name) ? String(name['value']) : String(name);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The tree has a key for everything that could be said; most say nothing. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return true;
  return typeof value === 'object' && Object.values(value).every(isEmpty);
}

function excerpt(value: unknown): string {
  return (JSON.stringify(value) as string | undefined)?.slice(0, 200) ?? 'nothing';
}
