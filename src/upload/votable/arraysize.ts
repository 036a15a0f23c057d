import { badUpload, CellError } from '../upload-failure.ts';

/** How many primitives a cell holds (VOTable 1.4, "arraysize"). */
export type Shape =
  | { readonly kind: 'scalar' }
  /** Always `length` of them, whatever the dimensions. */
  | { readonly kind: 'fixed'; readonly length: number }
  /** Any multiple of `unit`: the last dimension is open. */
  | { readonly kind: 'variable'; readonly unit: number };

/**
 * `null` (a scalar), `12`, `*`, `12*`, `3x2`, `3x*`. A bound on a variable dimension (`12*`) says
 * nothing of value: longer cells exist, and are taken as they are.
 * @param most elements in a cell
 */
export function readArraysize(arraysize: string | null, most: number): Shape {
  if (arraysize === null) return { kind: 'scalar' };
  const match = /^((?:\d{1,15}x)*)(?:(\d{1,15})(\*?)|\*)$/.exec(arraysize);
  if (match === null) {
    throw badUpload(
      `arraysize="${arraysize.slice(0, 40)}" is none; write a number, *, or dimensions like 3x2 or 3x*.`,
    );
  }
  const [, dimensions = '', last, star] = match;
  const unit = dimensions.split('x').filter(Boolean).map(Number).reduce(product, 1);
  const length = unit * Number(last ?? 1);
  if (!(length <= most)) {
    throw badUpload(
      `arraysize="${arraysize.slice(0, 40)}" makes cells larger than this service takes.`,
    );
  }
  if (last === undefined || star === '*') return { kind: 'variable', unit };
  return { kind: 'fixed', length };
}

function product(left: number, right: number): number {
  return left * right;
}

/** @throws CellError when a cell with `count` primitives belies the FIELD */
export function checkCount(shape: Shape, count: number): void {
  if (shape.kind === 'fixed' && count !== shape.length) {
    throw new CellError(
      `arraysize says ${String(shape.length)} elements, here are ${String(count)}`,
    );
  }
  if (shape.kind === 'variable' && shape.unit > 1 && count % shape.unit !== 0) {
    throw new CellError(
      `arraysize wants a multiple of ${String(shape.unit)} elements, here are ${String(count)}`,
    );
  }
}
