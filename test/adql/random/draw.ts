import fc, { type GeneratorValue } from 'fast-check';

/** The choices of one random query; fast-check makes them smaller when the query fails. */
export interface Draw {
  /** 0 to max, max included. */
  readonly nat: (max: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** True in so many of a hundred cases. */
  readonly chance: (percent: number) => boolean;
  /** 1, 2, 3...: names that differ all over the query. */
  readonly count: () => number;
}

export function drawFrom(generate: GeneratorValue): Draw {
  const nat = (max: number): number => generate(fc.nat, max);
  let counted = 0;
  return {
    nat,
    pick: (items) => {
      const item = items[nat(items.length - 1)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    // So that what is smaller is simpler: 0 says no.
    chance: (percent) => nat(99) >= 100 - percent,
    count: () => (counted += 1),
  };
}

/** One to `most` items. */
export function several<Item>(draw: Draw, most: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: 1 + draw.nat(most - 1) }, (_, index) => make(index));
}
