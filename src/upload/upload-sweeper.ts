import { sql, value } from '../../adql/index.ts';
import type { Owner } from '../database/database.ts';
import { sweepUploadTables } from './upload-table.ts';

/** Seconds that a table stays when its service gives no sign of life: more than filling it takes. */
export const uploadKeepFor = 900;

/** Seconds between signs of life, and between looks for tables whose service was killed. */
const interval = 60;

export interface UploadSweeperOptions {
  readonly owner: Owner;
  /** Tables of this service that are in use, by PostgreSQL's names. */
  readonly live: ReadonlySet<string>;
  readonly log: (line: string, fault: unknown) => void;
}

/** Keeps this service's uploaded tables and drops forgotten ones, now and until it is stopped. */
export function startUploadSweeper({ owner, live, log }: UploadSweeperOptions): () => void {
  const sweep = async (): Promise<void> => {
    await keepUploadTables(owner, live);
    await sweepUploadTables(owner);
  };
  const sweepOrLog = (): void => {
    sweep().catch((error: unknown) => {
      log('forgotten uploads could not be dropped', error);
    });
  };
  sweepOrLog();
  const timer = setInterval(sweepOrLog, interval * 1000);
  return () => {
    clearInterval(timer);
  };
}

/** Puts off the time from which on anyone may drop the tables. */
export async function keepUploadTables(owner: Owner, live: ReadonlySet<string>): Promise<void> {
  if (live.size === 0) return;
  const names = value(JSON.stringify([...live]), 'jsonb');
  const seconds = value(String(uploadKeepFor), 'double precision');
  await owner.execute(sql`
    UPDATE cloudtap.upload SET drop_after = clock_timestamp() + ${seconds} * interval '1 second'
    WHERE table_name IN (SELECT jsonb_array_elements_text(${names}))`);
}
