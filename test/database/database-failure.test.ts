import { expect, test } from '@jest/globals';
import { databaseFailure } from '../../src/database/database-failure.ts';

const busy = 'The database is busy or being restarted. Please try again in a minute.';

test.each([
  ['a connection that could not be made', Object.assign(new Error('x'), { code: 'ECONNREFUSED' })],
  ['a connection that broke', new Error('Connection terminated unexpectedly')],
])('%s is the database, and may be there again soon', (_, error) => {
  expect(databaseFailure(error)).toMatchObject({ kind: 'database-unavailable', message: busy });
});

test.each([
  new TypeError('x is not a function'),
  new RangeError('Maximum call stack size exceeded'),
])('%s is a mistake of ours, with its cause for the log', (error) => {
  expect(databaseFailure(error)).toMatchObject({ kind: 'internal', cause: error });
});
