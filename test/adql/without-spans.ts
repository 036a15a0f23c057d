/** The tree as plain data without its places in the text, to hold trees of different texts together. */
export function withoutSpans(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, value: unknown) => (key === 'span' ? undefined : value)),
  );
}
