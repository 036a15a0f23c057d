const maximumLength = 64;
const maximumSuggestions = 3;

/** ` Did you mean em_min?`, with a blank before it, or nothing when no name is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const names = nearestNames(name, candidates);
  const last = names.at(-1);
  if (last === undefined) return '';
  const list = names.length === 1 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
  return ` Did you mean ${list}?`;
}

/** At most three, nearest first; near is up to a third of the letters wrong. */
function nearestNames(name: string, candidates: Iterable<string>): readonly string[] {
  if (name.length > maximumLength) return [];
  const wanted = name.toLowerCase();
  const tolerance = wanted.length < 3 ? 0 : Math.floor(wanted.length / 3);
  const near: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    if (Math.abs(candidate.length - wanted.length) > tolerance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance <= tolerance) near.push({ candidate, distance });
  }
  near.sort((a, b) => a.distance - b.distance);
  return near.slice(0, maximumSuggestions).map(({ candidate }) => candidate);
}

/** Letters to insert, drop or change, two neighbours swapped counting once (optimal string alignment). */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const changed = from[i - 1] === to[j - 1] ? 0 : 1;
      let best = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + changed);
      const swapped = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (i > 1 && j > 1 && swapped) best = Math.min(best, at(beforeLast, j - 2) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
