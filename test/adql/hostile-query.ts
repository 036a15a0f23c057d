/** What hostile queries are made of, and how one is told apart from another. */
/** What it is, the query, and how its answer begins: accepted, or code, place and first words of the error. */
export type HostileQuery = readonly [name: string, adql: string, answer: string];

export const where = (condition: string): string =>
  `SELECT obs_id FROM ivoa.obscore WHERE ${condition}`;

export const select = (value: string): string => `SELECT ${value} AS x FROM ivoa.obscore`;

/** Made by a function of the index, with something between. */
export const list = (length: number, item: (index: number) => string, between = ', '): string =>
  Array.from({ length }, (_, index) => item(index)).join(between);

/** Something between as many opening as closing texts. */
export const nest = (
  depth: number,
  [open, core, close]: readonly [open: string, core: string, close: string],
): string => open.repeat(depth) + core + close.repeat(depth);
