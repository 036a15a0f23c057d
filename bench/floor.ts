import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import pg from 'pg';
import type { SqlStatement } from '../adql/index.ts';
import { MessageCutter, messageCodes } from '../src/database/message-cutter.ts';
import { unnamed } from '../src/database/prepared-names.ts';
import { queryMessages } from '../src/database/query-messages.ts';
import type { WireFormat } from '../src/row-batch.ts';

/** What the reader's connections are set to, where it changes plans. */
const settings = `SET jit = off; SET search_path = pg_catalog; SET default_transaction_read_only = on`;

/**
 * Milliseconds to read the answer of the statement from PostgreSQL's socket, its bytes dropped: no
 * service can be faster.
 */
export async function readFloor(
  login: pg.ClientConfig,
  statement: SqlStatement,
  wireFormats: readonly WireFormat[],
): Promise<number> {
  const client = new pg.Client(login);
  await client.connect();
  await client.query(settings);
  // Neither pg's parser nor its ending sees what follows.
  client.on('error', () => undefined);
  const { stream } = (client as pg.Client & { readonly connection: pg.Connection }).connection;
  stream.removeAllListeners('data');
  const began = performance.now();
  stream.write(queryMessages({ statement, wireFormats, naming: unnamed }));
  await untilReady(stream);
  const milliseconds = performance.now() - began;
  stream.destroy();
  await once(stream, 'close');
  return milliseconds;
}

function untilReady(stream: Duplex): Promise<void> {
  const cutter = new MessageCutter();
  return new Promise((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      chunk.copy(cutter.space(chunk.length));
      const isReady = cutter
        .cut(chunk.length)
        .some((cut) => cut.kind === 'other' && cut.code === messageCodes.readyForQuery);
      if (isReady) resolve();
    });
  });
}
