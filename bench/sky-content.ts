/** The rows that are asked for: all TESS images, or small footprints that are all different. */
export type Content = 'tess' | 'small';

export const rowsOf = { tess: 4_482_130, small: 1_000_000 } as const satisfies Record<
  Content,
  number
>;
