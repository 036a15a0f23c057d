import { expect, test } from '@jest/globals';
import { Admission, type AdmissionLimits, type Turn } from '../../src/tap/admission.ts';

const limits: AdmissionLimits = { running: 2, parked: 1, waiting: 3, patience: 60, longWait: 50 };

/** Lets all that has been settled take effect. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A door, and the names of those who were let in, in order. */
function doorWith(changes: Partial<AdmissionLimits> = {}): {
  readonly door: Admission;
  readonly admitted: string[];
  readonly turns: Turn[];
  readonly come: (client: string, signal?: AbortSignal) => Promise<string>;
} {
  const door = new Admission({ ...limits, ...changes });
  const admitted: string[] = [];
  const turns: Turn[] = [];
  const come = async (client: string, signal = new AbortController().signal): Promise<string> => {
    try {
      turns.push(await door.enter({ client, isImpatient: client !== 'jobs', signal }));
      admitted.push(client);
      return 'admitted';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  return { door, admitted, turns, come };
}

test('clients take turns: who sent many queries does not hold up who sent one', async () => {
  const { door, admitted, turns, come } = doorWith({ running: 1, waiting: 10 });
  for (const client of ['a', 'a', 'a', 'a', 'b', 'c', 'b']) void come(client);
  await settled();
  expect([admitted, door.state]).toEqual([['a'], { running: 1, parked: 0, waiting: 6 }]);
  for (let round = 0; round < 7; round += 1) {
    turns.at(-1)?.end();
    await settled();
  }
  expect(admitted).toEqual(['a', 'a', 'b', 'c', 'a', 'b', 'a']);
  expect(door.state).toEqual({ running: 0, parked: 0, waiting: 0 });
});

test('one client never has all places: others come in at once', async () => {
  const { door, admitted, turns, come } = doorWith({ running: 4, waiting: 10 });
  for (const client of ['a', 'a', 'a', 'a', 'a', 'b', 'b']) void come(client);
  await settled();
  expect([admitted, door.state.waiting]).toEqual([['a', 'a', 'a', 'b'], 3]);
  turns[3]?.end();
  await settled();
  expect(admitted).toEqual(['a', 'a', 'a', 'b', 'b']);
  turns[4]?.end();
  turns[0]?.end();
  await settled();
  expect([admitted.at(-1), door.state]).toEqual(['a', { running: 3, parked: 0, waiting: 1 }]);
  turns[1]?.end();
  await settled();
});

test('a parked query gives its place to the next, as long as there is room to park', async () => {
  const { door, admitted, turns, come } = doorWith();
  for (const client of ['a', 'b', 'c', 'd']) void come(client);
  await settled();
  expect(turns.map((turn) => turn.park())).toEqual([true, false]);
  await settled();
  expect([admitted, door.state]).toEqual([['a', 'b', 'c'], { running: 2, parked: 1, waiting: 1 }]);
  for (const turn of turns) turn.end();
  for (const turn of turns) turn.end();
  await settled();
  expect(door.state).toEqual({ running: 1, parked: 0, waiting: 0 });
  expect(turns[0]?.park()).toBe(false);
});

test('who has waited long takes the place of a slow client that cannot be parked', async () => {
  const { admitted, turns, come } = doorWith({ running: 1, parked: 0, longWait: 0.01 });
  void come('slow');
  await settled();
  const taken: string[] = [];
  turns[0]?.offer(() => taken.push('too early'));
  turns[0]?.keep();
  turns[0]?.offer(() => {
    taken.push('slow');
    turns[0]?.end();
  });
  expect([await come('a'), taken, admitted]).toEqual(['admitted', ['slow'], ['slow', 'a']]);
});

test('a client that has its share takes no place of others', async () => {
  const { turns, come, admitted } = doorWith({ running: 4, longWait: 0.01, waiting: 9 });
  for (const client of ['slow', 'a', 'a', 'a']) void come(client);
  const waiting = come('a');
  await settled();
  let isTaken = false;
  turns[0]?.offer(() => {
    isTaken = true;
  });
  turns[0]?.park();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect([isTaken, admitted]).toEqual([false, ['slow', 'a', 'a', 'a']]);
  turns[1]?.end();
  expect(await waiting).toBe('admitted');
});

test('a full queue refuses in words, but a job may always wait', async () => {
  const { door, come } = doorWith({ running: 0, waiting: 1 });
  const left = new AbortController();
  const waiting = [come('a', left.signal), come('jobs', left.signal)];
  expect(await come('b')).toBe(
    'The service is busy: 1 queries wait for their turn already, which is the limit. ' +
      'Send it again later, or as an asynchronous job (/async with PHASE=RUN), which waits by itself.',
  );
  expect(door.state.waiting).toBe(2);
  left.abort(new Error('gone'));
  expect(await Promise.all(waiting)).toEqual(['gone', 'gone']);
});

test('patience ends with words, and the place in the queue is free again', async () => {
  const { door, come } = doorWith({ running: 0, patience: 0.01 });
  expect(await come('a')).toMatch(/^The service is busy: this query waited 0.01 s for its turn/);
  expect(door.state.waiting).toBe(0);
});

test('who leaves the queue is forgotten at once', async () => {
  const { door, admitted, turns, come } = doorWith({ running: 1 });
  const left = new AbortController();
  void come('a');
  const gone = come('b', left.signal);
  const next = come('b');
  left.abort(new Error('gone'));
  expect(await gone).toBe('gone');
  expect(await come('c', left.signal)).toBe('gone');
  expect(door.state).toEqual({ running: 1, parked: 0, waiting: 1 });
  turns[0]?.end();
  expect([await next, admitted]).toEqual(['admitted', ['a', 'b']]);
});
