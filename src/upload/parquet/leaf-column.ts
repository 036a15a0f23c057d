import { shortened } from '../../service-error.ts';
import { badUpload } from '../upload-failure.ts';
import type { PhysicalType, SchemaNode } from './schema.ts';

/** A column with one leaf: a value, or a list of them. */
export interface LeafColumn {
  readonly name: string;
  readonly leaf: SchemaNode;
  readonly type: PhysicalType;
  readonly levels: Levels;
}

/** What the levels of a value say (Parquet format, "Nested encoding"). */
export interface Levels {
  /** Definition level of a value that is not null. */
  readonly definition: number;
  /** 1 for lists: their elements after the first repeat at it. */
  readonly repetition: 0 | 1;
  /** Definition level from which on there is an element; one less is an empty list, below is none. */
  readonly element: number;
}

/**
 * The columns of a flat table.
 * @throws ServiceError that names the first column which is nested deeper than a list
 */
export function leafColumns(nodes: readonly SchemaNode[]): readonly LeafColumn[] {
  return nodes.map((node) => {
    const path = pathToLeaf(node);
    const leaf = path.at(-1);
    const lists = path.filter(({ repetition }) => repetition === 'repeated').length;
    const isPlain = path.length === 1 || isList(node, path);
    const type = leaf?.type ?? null;
    if (leaf === undefined || type === null || lists > 1 || !isPlain) {
      throw badUpload(
        `its column "${shortened(node.name)}" is nested (${nestingOf(node)}); ` +
          'send columns of single values or lists of numbers.',
      );
    }
    return { name: node.name, leaf, type, levels: levelsOf(path) };
  });
}

/** As far as each has one child. */
function pathToLeaf(node: SchemaNode): readonly SchemaNode[] {
  const [child, ...others] = node.children;
  return child === undefined || others.length > 0 ? [node] : [node, ...pathToLeaf(child)];
}

/** Parquet format, "Lists": three levels, or two in old files. */
function isList({ meaning }: SchemaNode, path: readonly SchemaNode[]): boolean {
  return meaning.kind === 'list' && path.length <= 3 && path[1]?.repetition === 'repeated';
}

function nestingOf({ meaning }: SchemaNode): string {
  if (meaning.kind === 'list') return 'a list of lists or of structs';
  return meaning.kind === 'unknown' ? `a ${meaning.name}` : 'a struct';
}

function levelsOf(path: readonly SchemaNode[]): Levels {
  let definition = 0;
  let element = 0;
  for (const { repetition } of path) {
    if (repetition !== 'required') definition += 1;
    if (repetition === 'repeated') element = definition;
  }
  return { definition, repetition: element > 0 ? 1 : 0, element };
}
