import { expect, test } from '@jest/globals';
import { clientAddress } from '../../src/http/client-address.ts';
import { ClientLimits } from '../../src/http/client-limits.ts';
import { ServiceError } from '../../src/service-error.ts';

/** What a refusal says, and after how many seconds to try again. */
function refusalOf(work: () => unknown): readonly unknown[] {
  try {
    work();
    return ['not refused'];
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return [error.kind, error.retryAfter, error.message];
  }
}

test('an address has so many queries open, and other addresses do not care', () => {
  const limits = new ClientLimits({ openQueries: 2, queriesPerMinute: null });
  const close = limits.open('192.0.2.1');
  limits.open('192.0.2.1');
  expect(refusalOf(() => limits.open('192.0.2.1'))).toEqual([
    'too-many-requests',
    5,
    'Your address (192.0.2.1) has 2 synchronous queries open here, which is the limit. Wait until one ' +
      'has ended, or send what takes long as asynchronous jobs (/async with PHASE=RUN).',
  ]);
  limits.open('192.0.2.2')();
  close();
  limits.open('192.0.2.1')();
  expect(limits.size).toBe(1);
});

test('an address sends a minute of queries at once, then one whenever one more is earned', () => {
  let time = 0;
  const limits = new ClientLimits({ openQueries: 9, queriesPerMinute: 6, now: () => time });
  for (let sent = 0; sent < 5; sent += 1) limits.open('192.0.2.1')();
  limits.count('192.0.2.1');
  expect(refusalOf(() => limits.open('192.0.2.1'))).toEqual([
    'too-many-requests',
    10,
    'Your address (192.0.2.1) has sent 6 queries within a minute, which is the limit. Wait 10 s. One ' +
      'query for many objects does more than many queries: upload a table of them (UPLOAD) and join it.',
  ]);
  const count = (): void => {
    limits.count('192.0.2.1');
  };
  time = 9000;
  expect(refusalOf(count)[1]).toBe(1);
  time = 10_000;
  limits.count('192.0.2.1');
  time = 1_000_000;
  for (let sent = 0; sent < 6; sent += 1) count();
  expect(refusalOf(count)[1]).toBe(10);
});

test('a flood of addresses fills no memory, and who has a query open is remembered', () => {
  const limits = new ClientLimits({ openQueries: 1, queriesPerMinute: 1 });
  const close = limits.open('first');
  for (let sent = 0; sent < 60_000; sent += 1) limits.count(`address ${String(sent)}`);
  expect(limits.size).toBe(50_000);
  expect(refusalOf(() => limits.open('first'))[0]).toBe('too-many-requests');
  close();
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
])('the client at %s counts as %s', (ip, client) => {
  expect(clientAddress({ ip })).toBe(client);
});
