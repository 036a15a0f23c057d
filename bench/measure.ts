/**
 * Runs every candidate once a round, in turn, so that a slow moment of a shared machine meets all of
 * them; the first two rounds (cold caches) do not count.
 * @returns milliseconds of each round for each candidate
 */
export async function interleaved<Name extends string>(
  rounds: number,
  candidates: Readonly<Record<Name, () => Promise<void>>>,
): Promise<Readonly<Record<Name, readonly number[]>>> {
  const names = Object.keys(candidates) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    Name,
    number[]
  >;
  for (let round = -2; round < rounds; round += 1) {
    for (const name of names) {
      const began = performance.now();
      await candidates[name]();
      if (round >= 0) times[name].push(performance.now() - began);
    }
  }
  return times;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
