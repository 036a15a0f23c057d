import { sql, value } from '../adql/index.ts';
import type { Position } from '../test/sky/reference.ts';
import type { SkyCatalogue } from './sky-catalogue.ts';
import { type Asked, type Candidate, type Candidates, valuesOf } from './sky-candidates.ts';
import type { Question, SkyRow } from './sky-questions.ts';

/** How an answer differs from cloudtap's. */
export interface Difference {
  readonly question: string;
  readonly candidate: Candidate;
  /** Rows that only one of the two has. */
  readonly rows: number;
  /** Of these, the greatest distance from the border between yes and no, degrees. */
  readonly farthest: number;
}

/** Where and by whom a question was answered. */
export interface Answered {
  readonly question: Question;
  readonly at: Position;
  readonly candidates: Candidates;
}

/** Compares whole answers, row by row, with cloudtap's. A cross-match is compared as pairs. */
export async function compareAnswers(
  { question, at, candidates }: Answered,
  catalogue: SkyCatalogue,
): Promise<readonly Difference[]> {
  const own = candidates.get('cloudtap');
  if (own === undefined) return [];
  const expected = new Set(await keysOf(question, own));
  const differences: Difference[] = [];
  for (const [candidate, ask] of candidates) {
    if (candidate === 'cloudtap' || candidate === 'floor') continue;
    const found = new Set(await keysOf(question, ask));
    const odd = [
      ...[...found].filter((key) => !expected.has(key)),
      ...[...expected].filter((key) => !found.has(key)),
    ];
    if (odd.length === 0) continue;
    const margins = await marginsOf(question, at, { odd, catalogue });
    const farthest = Math.max(...margins);
    differences.push({ question: question.name, candidate, rows: odd.length, farthest });
  }
  return differences;
}

/** `obs_publisher_did`, behind the target's number where there are targets. */
async function keysOf(
  { kind }: Question,
  ask: (columns: string) => Asked,
): Promise<readonly string[]> {
  return valuesOf(
    ask(
      kind === 'match'
        ? "CAST(t.id AS VARCHAR) || ' ' || o.obs_publisher_did"
        : 'o.obs_publisher_did',
    ),
  );
}

interface Odd {
  readonly odd: readonly string[];
  readonly catalogue: SkyCatalogue;
}

async function marginsOf(
  question: Question,
  at: Position,
  { odd, catalogue }: Odd,
): Promise<readonly number[]> {
  const margins: number[] = [];
  for (const key of odd.slice(0, 1000)) {
    const [name = '', target] = key.split(' ').reverse();
    const place = target === undefined ? at : await targetNumbered(target, catalogue);
    const row = await rowCalled(name, catalogue);
    margins.push(question.margin(place, row));
  }
  return margins;
}

async function targetNumbered(id: string, { database }: SkyCatalogue): Promise<Position> {
  const [row] = await database.owner.query<{ readonly ra: number; readonly dec: number }>(
    sql`SELECT ra, dec FROM lab.target WHERE id = ${value(id, 'integer')}`,
  );
  if (row === undefined) throw new Error(`no target ${id}`);
  return [row.ra, row.dec];
}

async function rowCalled(key: string, { database }: SkyCatalogue): Promise<SkyRow> {
  const [row] = await database.owner.query<{ ra: number; dec: number; region: string }>(
    sql`SELECT s_ra AS ra, s_dec AS dec, s_region AS region FROM ivoa.obscore
      WHERE obs_publisher_did = ${value(key, 'text')}`,
  );
  if (row === undefined) throw new Error(`no row ${key}`);
  const numbers = row.region.split(' ').slice(2).map(Number);
  const corners = Array.from({ length: numbers.length / 2 }, (_, i): Position => [
    numbers[2 * i] ?? 0,
    numbers[2 * i + 1] ?? 0,
  ]);
  return { position: [row.ra, row.dec], corners };
}

/** The greatest difference between cloudtap's distances and pgSphere's, of 200,000 pairs, in degrees. */
export async function farthestDistance({ database }: SkyCatalogue): Promise<number> {
  const [row] = await database.owner.query<{ readonly most: number }>(
    sql`SELECT max(abs(sky.distance(a.ra, a.dec, b.ra, b.dec)
        - degrees(peer.spoint(radians(a.ra), radians(a.dec)) OPERATOR(peer.<->) peer.spoint(radians(b.ra), radians(b.dec))))) AS most
      FROM lab.target a, lab.target b WHERE b.id % 500 = 7`,
  );
  return row?.most ?? Number.NaN;
}
