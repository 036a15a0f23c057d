import { destination, type Position } from '../test/sky/reference.ts';

/** A small image somewhere on the sky, degrees. */
export interface Footprint {
  readonly position: Position;
  /** STC-S, four corners. */
  readonly region: string;
}

const clusters = 2000;
const seed = 20210512;

/**
 * So many squares with half diagonals of 0.005 to 0.1 degrees, turned at random: seven tenths of them
 * crowd around 2000 places (0.15 degrees; the fullest has 3000 times the members of the emptiest), as
 * pointed telescopes make them, the others lie anywhere. The same ones at every run.
 */
export function* footprints(count: number): Generator<Footprint> {
  const random = randomNumbers(seed);
  const centres = Array.from({ length: clusters }, () => anywhere(random));
  const weights = centres.map(() => Math.exp(random() * 8));
  const cumulative: number[] = [];
  for (const weight of weights) cumulative.push(weight + (cumulative.at(-1) ?? 0));
  for (let number = 0; number < count; number += 1) {
    const position =
      random() < 0.7 ? beside(drawn(centres, cumulative, random), random) : anywhere(random);
    yield footprintAt(position, random);
  }
}

function footprintAt(position: Position, random: () => number): Footprint {
  const halfDiagonal = 0.005 + 0.095 * random() ** 2;
  const turn = random() * 90;
  const corners = [0, 90, 180, 270].map((side) =>
    destination(position, turn + side, halfDiagonal).map((angle) => angle.toFixed(8)),
  );
  return { position, region: `POLYGON ICRS ${corners.flat().join(' ')}` };
}

function anywhere(random: () => number): Position {
  const lat = (Math.asin(random() * 2 - 1) * 180) / Math.PI;
  return [random() * 360, lat];
}

/** Around a place as a normal distribution has it. */
function beside(place: Position, random: () => number): Position {
  const distance = 0.15 * Math.sqrt(-2 * Math.log(1 - random()));
  return destination(place, random() * 360, distance);
}

/** By bisection of the cumulated weights. */
function drawn(
  places: readonly Position[],
  cumulative: readonly number[],
  random: () => number,
): Position {
  const target = random() * (cumulative.at(-1) ?? 0);
  let [low, high] = [0, places.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) < target) low = middle + 1;
    else high = middle;
  }
  return places[low] ?? [0, 0];
}

/** Numbers from 0 to 1 (Marsaglia's xorshift, 32 bits), the same ones from the same seed. */
export function randomNumbers(start: number): () => number {
  let state = start;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
