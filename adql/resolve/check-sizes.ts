import { AdqlError } from '../error.ts';
import type {
  Relation,
  ResolvedColumn,
  ResolvedExpression,
  ResolvedFrom,
  ResolvedQuery,
  ResolvedSelect,
  ResolvedStatement,
  ResolvedTerm,
} from './resolved.ts';
import { partsOf, type ResolvedNode, subqueryOf } from './walk.ts';

/**
 * PostgreSQL writes the expression of a subquery's column wherever the column is used: `x || x` of
 * `x || x` of ..., 26 levels deep, becomes 67 million nodes, for which it takes all memory there is
 * and hears no cancel. So what a column stands for may have this size, counted in parts.
 */
const largestValue = 20_000;

/** The same of all columns of subqueries together, wherever they are used. */
const largestSum = 200_000;

/** LIKE takes its text's length times its pattern's, and hears no cancel either: 1,000 characters. */
const largestPattern = 250;

/**
 * Of the texts of one row of the answer: 200,000 characters. A row is in memory several times while it is
 * sent, for each client that takes it slowly: 1 MB of text in the query cost 8 MB each.
 */
const largestRow = 50_000;

/** Text counts as one part for so many characters. */
const charactersPerPart = 4;

/**
 * Refuses what is short as ADQL and endless for PostgreSQL.
 * @throws AdqlError 'too-complex'
 */
export function checkSizes({ with: queries, query }: ResolvedStatement): void {
  const sizes = new Sizes();
  for (const common of queries) sizes.ofColumns(common);
  sizes.ofColumns(query);
  sizes.checkRow(query);
}

class Sizes {
  /** Of the columns of each query that was looked at. */
  readonly #known = new Map<ResolvedTerm, readonly number[]>();
  #sum = 0;

  /** How large each column is, in parts. */
  ofColumns(term: ResolvedTerm): readonly number[] {
    const known = this.#known.get(term);
    if (known !== undefined) return known;
    const sizes = this.#measure(term);
    this.#known.set(term, sizes);
    return sizes;
  }

  /** Of the whole statement's answer. */
  checkRow(term: ResolvedTerm): void {
    switch (term.kind) {
      case 'select':
        this.#checkTexts(term.items);
        return;
      case 'set-operation':
        this.checkRow(term.left);
        this.checkRow(term.right);
        return;
      case 'query':
        this.checkRow(term.body);
    }
  }

  #checkTexts(items: readonly ResolvedExpression[]): void {
    let sum = 0;
    for (const item of items) {
      sum += item.sqlType === 'text' ? this.#of(item) : 0;
      if (sum <= largestRow) continue;
      const length = (largestRow * charactersPerPart).toLocaleString('en');
      throw new AdqlError(
        'too-complex',
        `The texts that this query puts into every row are too long together; they may have ${length} characters.`,
        item.span,
      );
    }
  }

  #measure(term: ResolvedTerm): readonly number[] {
    switch (term.kind) {
      case 'select':
        return this.#ofSelect(term);
      case 'set-operation': {
        const right = this.ofColumns(term.right);
        return this.ofColumns(term.left).map((size, index) => Math.max(size, right[index] ?? 0));
      }
      case 'query':
        return this.#ofQuery(term);
    }
  }

  #ofQuery({ body, orderBy }: ResolvedQuery): readonly number[] {
    const sizes = this.ofColumns(body);
    for (const { by } of orderBy) if (typeof by !== 'number') this.#of(by);
    return sizes;
  }

  #ofSelect({ items, from, where, groupBy, having }: ResolvedSelect): readonly number[] {
    for (const table of from) this.#lookAt(table);
    for (const node of [where, ...groupBy, having]) if (node !== null) this.#of(node);
    return items.map((item) => this.#of(item));
  }

  #lookAt(from: ResolvedFrom): void {
    let leftmost = from;
    while (leftmost.kind === 'join') {
      this.#lookAt(leftmost.right);
      if (leftmost.on !== null) this.#of(leftmost.on);
      leftmost = leftmost.left;
    }
    const { source } = leftmost;
    if (source.kind === 'query') this.ofColumns(source.query);
    if (source.kind === 'values') for (const value of source.values) this.#of(value);
  }

  #of(node: ResolvedNode): number {
    if (node.kind === 'column') return this.#ofColumn(node);
    let size = ownSize(node);
    for (const part of partsOf(node)) size += this.#of(part);
    const subquery = subqueryOf(node);
    if (subquery !== null) size += sumOf(this.ofColumns(subquery.query));
    if (node.kind === 'like') this.#checkPattern(node.pattern);
    return size;
  }

  #checkPattern(pattern: ResolvedExpression): void {
    if (this.#of(pattern) <= largestPattern) return;
    const length = String(largestPattern * charactersPerPart);
    throw new AdqlError(
      'too-complex',
      `The pattern of a LIKE may have ${length} characters.`,
      pattern.span,
    );
  }

  #ofColumn({ relation, column, span }: ResolvedColumn): number {
    const size = this.#inside(relation)?.[relation.columns.indexOf(column)] ?? 1;
    this.#sum += size > 1 ? size : 0;
    if (size <= largestValue && this.#sum <= largestSum) return size;
    throw new AdqlError(
      'too-complex',
      'This column of a subquery stands for an expression that is too large where all subqueries ' +
        'are put together. Use the column less often, or ask for the inner query first and upload its result.',
      span,
    );
  }

  /** Of the columns of a subquery or WITH table; null for a table. */
  #inside({ source }: Relation): readonly number[] | null {
    if (source.kind === 'values') return source.values.map((value) => this.#of(value));
    return source.kind === 'table' ? null : this.ofColumns(source.query);
  }
}

/** Without its parts. CHAR(n) is filled up with blanks. */
function ownSize(node: ResolvedNode): number {
  if (node.kind === 'literal') return 1 + partsOfText(node.value?.length ?? 0);
  if (node.kind === 'cast')
    return 1 + partsOfText(node.fit?.padded === true ? node.fit.characters : 0);
  return 1;
}

function partsOfText(characters: number): number {
  return Math.floor(characters / charactersPerPart);
}

function sumOf(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}
