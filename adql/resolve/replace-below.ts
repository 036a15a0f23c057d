import type { Relation, ResolvedColumn, ResolvedSubquery } from './resolved.ts';
import type { ResolvedNode } from './walk.ts';

/** What stands in the place of a node; null leaves it. What is inside is looked at all the same. */
export type Replacement = (node: ResolvedNode) => ResolvedNode | null;

/**
 * A part of a resolved query with other nodes in it, in its subqueries and their tables too; each
 * subquery then knows anew what columns it takes from around. What does not change is the same object.
 */
export function replaceBelow<Part>(part: Part, replacement: Replacement): Part {
  return new Replacing(replacement).in(part) as Part;
}

type Fields = Readonly<Record<string, unknown>>;

class Replacing {
  readonly #replacement: Replacement;
  /** Tables with something else inside, by what they were. */
  readonly #relations = new Map<unknown, Relation>();

  constructor(replacement: Replacement) {
    this.#replacement = replacement;
  }

  in(part: unknown): unknown {
    if (Array.isArray(part)) return this.#inList(part);
    if (!isFields(part) || part['kind'] === 'literal') return part;
    if (isRelation(part)) return this.#inRelation(part);
    // A replacement looks at the kind, which is an expression's or a condition's or nothing to it.
    const node = this.#replacement(part as unknown as ResolvedNode) ?? part;
    if (isColumn(node)) return this.#ofRelation(node);
    const copy = this.#inFields(node);
    return copy !== node && isSubquery(copy)
      ? { ...copy, outerColumns: outerColumnsOf(copy) }
      : copy;
  }

  #inList(items: readonly unknown[]): readonly unknown[] {
    const list = items.map((item) => this.in(item));
    return list.some((item, index) => item !== items[index]) ? list : items;
  }

  #inFields<T extends object>(node: T): T {
    // The tables of a SELECT come first: all that stands beside them names them.
    const keys = Object.keys(node).sort((a, b) => Number(b === 'from') - Number(a === 'from'));
    const fields = node as Fields;
    const changed = keys
      .map((key) => [key, this.in(fields[key])] as const)
      .filter(([key, value]) => value !== fields[key]);
    return changed.length === 0 ? node : { ...node, ...Object.fromEntries(changed) };
  }

  #inRelation(relation: Relation): Relation {
    const { source } = relation;
    if (source.kind === 'table' || source.kind === 'common-table') return relation;
    const copy = this.#inFields(source);
    if (copy === source) return relation;
    const changed = { ...relation, source: copy };
    this.#relations.set(relation, changed);
    return changed;
  }

  #ofRelation(column: ResolvedColumn): ResolvedColumn {
    const changed = this.#relations.get(column.relation);
    return changed === undefined ? column : { ...column, relation: changed };
  }
}

/** All that it mentions and that is none of its own tables'. */
function outerColumnsOf({ query }: ResolvedSubquery): readonly ResolvedColumn[] {
  const columns: ResolvedColumn[] = [];
  const own = new Set<Relation>();
  collect(query, { columns, own });
  return columns.filter(({ relation }) => !own.has(relation));
}

interface Found {
  readonly columns: ResolvedColumn[];
  readonly own: Set<Relation>;
}

function collect(part: unknown, found: Found): void {
  if (!isFields(part) || part['kind'] === 'common-table') return;
  if (isColumn(part)) {
    found.columns.push(part);
    return;
  }
  if (isRelation(part)) found.own.add(part);
  for (const [key, value] of Object.entries(part))
    if (key !== 'outerColumns') collect(value, found);
}

function isSubquery(fields: object): fields is ResolvedSubquery {
  return 'outerColumns' in fields;
}

function isRelation(fields: Fields): fields is Fields & Relation {
  return fields['kind'] === 'relation';
}

function isColumn(node: object): node is ResolvedColumn {
  return 'kind' in node && node.kind === 'column';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
