import type { ReadRows, RowBatch } from '../row-batch.ts';
import { ServiceError } from '../service-error.ts';
import type { Admission, Applicant, Turn } from './admission.ts';
import { refuseCostly } from './plan-cost.ts';
import { RowSpool, type SpoolSpace } from './row-spool.ts';

/** What stands between the queries and the database. */
export interface Door {
  readonly readRows: ReadRows;
  readonly admission: Admission;
  readonly spoolSpace: SpoolSpace;
  /** Of the planner, beyond which a query is refused; null: whatever it costs. */
  readonly costLimit: number | null;
}

/**
 * Milliseconds without a wish for more rows after which a client is slow. Little, since it loses nothing
 * by it: as long as its connection is parked, it gets its rows as quickly as ever.
 */
const slowAfter = 50;

/**
 * `readRows` for one client: each query waits for its turn, and gives it up early when the client is
 * slow in taking the rows. Its connection is then parked; when too many are, its rows go to the disk,
 * which frees the connection sooner; when that is full too, the connection stays with it until others
 * have waited too long for it: then its answer is cut.
 */
export function admittedRows(door: Door, applicant: Omit<Applicant, 'signal'>): ReadRows {
  return async function* readAdmittedRows(statement, options) {
    const turn = await door.admission.enter({ ...applicant, signal: options.signal });
    try {
      if (door.costLimit !== null) await refuseCostly(statement, options, door);
      yield* atClientsPace(inTurn(door.readRows(statement, options), turn), turn, door.spoolSpace);
    } finally {
      turn.end();
    }
  };
}

/** The turn ends with the last row from the database, which may be long before the client's. */
async function* inTurn(rows: AsyncIterable<RowBatch>, turn: Turn): AsyncGenerator<RowBatch, void> {
  try {
    yield* rows;
  } finally {
    turn.end();
  }
}

async function* atClientsPace(
  rows: AsyncIterator<RowBatch, void>,
  turn: Turn,
  space: SpoolSpace,
): AsyncGenerator<RowBatch, void> {
  const spool = new RowSpool(rows, space);
  let patience: NodeJS.Timeout | undefined;
  try {
    for (;;) {
      const batch = await spool.next();
      if (batch === undefined) return;
      if (!batch.isLast) patience = setTimeout(() => void yieldTurn(turn, spool), slowAfter);
      yield batch;
      clearTimeout(patience);
      turn.keep();
    }
  } finally {
    clearTimeout(patience);
    await spool.close();
  }
}

async function yieldTurn(turn: Turn, spool: RowSpool): Promise<void> {
  if (turn.park() || (await spool.begin())) return;
  turn.offer(() => {
    spool.cut(tooSlow());
  });
}

function tooSlow(): ServiceError {
  return new ServiceError(
    'service-busy',
    'The rest of this answer was given up: it was taken slowly, and others waited for its connection ' +
      'to the database. Send the query as an asynchronous job (/async with PHASE=RUN): its result ' +
      'can be fetched at any pace.',
  );
}
