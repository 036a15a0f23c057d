import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { render, type Sql } from '../../adql/index.ts';
import type { Owner, Session } from './database.ts';
import { databaseFailure } from './database-failure.ts';
import { queryConfig } from './query-config.ts';

type Client = pg.PoolClient;

/** Any connection of the pool; `transaction` keeps one. */
export function ownerSession(pool: pg.Pool): Owner {
  const withClient = async <Result>(work: (client: Client) => Promise<Result>): Promise<Result> => {
    const client = await checkOut(pool);
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      client.release(error instanceof pg.DatabaseError ? undefined : true);
      throw error;
    }
  };
  return {
    query: (statement) => withClient((client) => clientSession(client).query(statement)),
    execute: (statement) => withClient((client) => clientSession(client).execute(statement)),
    copyFrom: () => {
      throw new TypeError('copyFrom needs a transaction');
    },
    transaction: (work) => withClient((client) => inTransaction(client, work)),
  };
}

async function checkOut(pool: pg.Pool): Promise<Client> {
  try {
    return await pool.connect();
  } catch (error) {
    throw databaseFailure(error);
  }
}

async function inTransaction<Result>(
  client: Client,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  await client.query('BEGIN');
  try {
    const result = await work(clientSession(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that is gone has rolled back already; the first error is the one to tell.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

function clientSession(client: Client): Session {
  return {
    query: async <Row extends object>(statement: Sql): Promise<readonly Row[]> => {
      const result = await client.query<Row>(queryConfig(render(statement)));
      return result.rows;
    },
    execute: async (statement) => {
      const result = await client.query(queryConfig(render(statement)));
      return result.rowCount ?? 0;
    },
    copyFrom: (statement) => client.query(copyStreams.from(render(statement).text)),
  };
}
