import { sql } from '../../adql/index.ts';
import type { Session } from '../database/database.ts';

/** A column of ivoa.obscore that a load can fill. */
export interface ObscoreColumn {
  readonly name: string;
  /** As `format_type` gives it: `text`, `double precision`, `bigint`. */
  readonly type: string;
  readonly mandatory: boolean;
}

/** What there is to fill is asked of the database: an operator may have added columns. */
export async function obscoreColumns(session: Session): Promise<readonly ObscoreColumn[]> {
  return session.query<ObscoreColumn>(sql`SELECT attname AS name,
      format_type(atttypid, NULL) AS type, attnotnull AS mandatory
    FROM pg_catalog.pg_attribute
    WHERE attrelid = 'ivoa.obscore'::regclass AND attnum > 0
      AND NOT attisdropped AND attgenerated = ''
    ORDER BY attnum`);
}
