import type { Log } from './log.ts';
import type { QueryLogEntry } from './tap/query-record.ts';

/** One line for each query. A fault of ours is an error, with its cause; all else is daily life. */
export function logQuery(log: Log, entry: QueryLogEntry): void {
  const { failure, ...figures } = entry;
  if (failure === null) log.info(figures, 'query');
  else {
    const line = { ...figures, failure: { kind: failure.kind, message: failure.message } };
    if (failure.kind === 'internal') log.error({ ...line, err: failure.cause }, 'query');
    else log.info(line, 'query');
  }
}
