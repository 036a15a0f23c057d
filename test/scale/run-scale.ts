/**
 * `npm run test:scale`: asynchronous jobs in numbers, over two services on one PostgreSQL, while a service
 * and the database are killed. Needs Linux and `npm run build`; takes two minutes. Ends with
 * `N passed, N failed`.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type StartedService, startedService } from '../clients/started-service.ts';
import { onFullDisk } from './full-disk.ts';
import { medianJob } from './job-latency.ts';
import { type Rush, rush } from './job-rush.ts';
import { createSharedDatabase } from './shared-database.ts';
import { hangUp } from './talk.ts';
import { costOfWaiting } from './waiting-clients.ts';

const jobs = 1000;
const waitingClients = 5000;

const tally = { passed: 0, failed: 0 };
const database = await createSharedDatabase();
const settings = {
  DATABASE_URL: database.url,
  DATA_DIR: database.folder,
  SAMPLE: 'true',
  // All clients come from one address here.
  JOB_SLOTS_PER_CLIENT: '100',
  LOG_LEVEL: 'silent',
};
const started: StartedService[] = [];
try {
  await checkAll();
} finally {
  hangUp();
  await Promise.all(started.map(({ stop }) => stop()));
  await database.remove();
}
process.stdout.write(`${String(tally.passed)} passed, ${String(tally.failed)} failed\n`);
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;

async function checkAll(): Promise<void> {
  await attempt('a full disk', checkFullDisk);
  const first = await start();
  await attempt('trivial jobs', () => checkLatency(first));
  await attempt('clients in WAIT', () => checkWaiting(first));
  const second = await start();
  const both = { jobs, database, services: [first.url, second.url], reader: first.url };
  await checkRush(`${String(jobs)} jobs at once over two services`, both, 0);
  await checkRush('PostgreSQL is stopped and started in the middle', {
    ...both,
    accident: () => outage(database.stop),
  });
  await checkRush('PostgreSQL is killed and started in the middle', {
    ...both,
    accident: () => outage(database.crash),
  });
  await checkRush('a service is killed in the middle', {
    ...both,
    accident: () => kill(second),
  });
}

async function start(): Promise<StartedService> {
  const service = await startedService(settings);
  started.push(service);
  return service;
}

async function checkFullDisk(): Promise<void> {
  const found = await onFullDisk(database.folder, settings);
  if (found === null) {
    process.stdout.write(
      'a full disk cannot be tried here: that takes root, to make a small one\n',
    );
    return;
  }
  const { phase, message, left, next } = found;
  const isTold = phase === 'ERROR' && message.includes('the disk of this service is full');
  say(
    isTold && left.length === 0 && next === 'COMPLETED',
    `a result larger than the disk: ${phase}, "${message}", ${String(left.length)} files left; a small one then: ${next}`,
  );
}

async function checkLatency({ url }: StartedService): Promise<void> {
  await medianJob(url, 5);
  const median = await medianJob(url, 50);
  // Told, not judged nor counted: on a busy machine it means little.
  process.stdout.write(
    `50 trivial jobs, from POST to result: ${median.toFixed(1)} ms each (median); wanted: 50\n`,
  );
}

async function checkWaiting(service: StartedService): Promise<void> {
  const cost = await costOfWaiting(service, database, waitingClients);
  const count = String(waitingClients);
  say(
    cost.active === 0 && cost.connections <= cost.connectionsBefore,
    `${count} clients in WAIT: ${String(cost.connections)} connections to the database, ${String(cost.active)} of them active; ` +
      `${String(cost.connectionsBefore)} without the clients`,
  );
  say(
    cost.told === waitingClients,
    `all are woken at once: ${String(cost.told)} of ${count} told, the last after ${cost.seconds.toFixed(1)} s`,
  );
  say(
    cost.memoryWoken < 300,
    `the service had ${cost.memoryWaiting.toFixed(0)} MB while all waited, ${cost.memoryWoken.toFixed(0)} MB when all were woken: below 300`,
  );
}

/** @param begunAgain how many jobs may have been begun more than once; undefined: no matter */
async function checkRush(name: string, plan: Rush, begunAgain = Infinity): Promise<void> {
  await attempt(name, async () => {
    const { right, again, seconds, problem } = await rush(plan);
    say(
      right === plan.jobs && again <= begunAgain,
      `${name}: ${String(right)} of ${String(plan.jobs)} right after ${seconds.toFixed(1)} s, ` +
        `${String(again)} begun again${problem === null ? '' : `; ${problem}`}`,
    );
  });
}

/** What cannot be checked is a failure of its own; the others are still looked at. */
async function attempt(name: string, check: () => Promise<void>): Promise<void> {
  await check().catch((error: unknown) => {
    say(false, `${name}: ${String(error)}`);
  });
}

async function outage(takeAway: () => Promise<void>): Promise<void> {
  await takeAway();
  await delay(2000);
  await database.start();
}

function kill({ processId }: StartedService): Promise<void> {
  process.kill(processId, 'SIGKILL');
  return Promise.resolve();
}

function say(isRight: boolean, line: string): void {
  tally[isRight ? 'passed' : 'failed'] += 1;
  process.stdout.write(`${isRight ? 'ok' : 'not ok'} ${line}\n`);
}
