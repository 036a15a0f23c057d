import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openFolderResultStore } from '../../src/storage/folder-result-store.ts';
import { openResultStore } from '../../src/storage/open-result-store.ts';
import type { ResultStore } from '../../src/storage/result-store.ts';
import { once, textOf } from '../support/job-fixtures.ts';

let folder: string;
let results: ResultStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloudtap-store-'));
  results = await openFolderResultStore(join(folder, 'results'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const files = (): Promise<readonly string[]> => readdir(join(folder, 'results'));

test('what was written is read, whole and in ranges', async () => {
  expect(await results.write('a.result1', once('0123456789'), 'text/plain')).toBe(10);
  expect(await textOf(await results.read('a.result1'))).toBe('0123456789');
  expect(await textOf(await results.read('a.result1', { first: 2, last: 4 }))).toBe('234');
  expect(await textOf(await results.read('a.result1', { first: 9, last: 9 }))).toBe('9');
});

test('an empty object is an object', async () => {
  expect(await results.write('empty', once(''), 'text/plain')).toBe(0);
  expect(await textOf(await results.read('empty'))).toBe('');
});

test('a writer that fails leaves nothing behind, and its error comes back as it was', async () => {
  const failure = new Error('the query failed');
  const failing = async function* (): AsyncGenerator<Uint8Array, void> {
    yield* once('half');
    throw failure;
  };
  await expect(results.write('b', failing(), 'text/plain')).rejects.toBe(failure);
  expect((await files()).filter((name) => name.startsWith('b'))).toEqual([]);
});

test('nothing is seen of an object that is being written', async () => {
  const watching = async function* (): AsyncGenerator<Uint8Array, void> {
    yield* once('half');
    await expect(results.read('c')).rejects.toMatchObject({ kind: 'not-found' });
  };
  await results.write('c', watching(), 'text/plain');
  expect(await textOf(await results.read('c'))).toBe('half');
});

test('when the disk is full the writer is told, the query is stopped and nothing is left', async () => {
  let isStopped = false;
  const endless = async function* (): AsyncGenerator<Uint8Array, void> {
    try {
      for (;;) yield* once('x'.repeat(65_536));
    } finally {
      isStopped = true;
    }
  };
  // A device that is always full, in the place of the file.
  const full = await openFolderResultStore(join(folder, 'full'));
  await symlink('/dev/full', join(folder, 'full', 'd.part'));
  await expect(full.write('d', endless(), 'text/plain')).rejects.toMatchObject({
    kind: 'storage-full',
    message:
      'The result could not be kept: the disk of this service is full. ' +
      'Ask for fewer rows or columns, delete jobs that you no longer need, or try again later.',
  });
  expect(isStopped).toBe(true);
  expect(await readdir(join(folder, 'full'))).toEqual([]);
});

test('deleting what is not there is no error', async () => {
  await results.write('e', once('x'), 'text/plain');
  await results.delete(['e', 'never']);
  await expect(results.read('e')).rejects.toMatchObject({
    kind: 'not-found',
    message: 'This result is no longer there.',
  });
});

test('a key leads nowhere but into the folder', async () => {
  await expect(results.read('../secret')).rejects.toThrow(TypeError);
  await expect(results.delete(['a/../../b'])).rejects.toThrow(TypeError);
});

test('a folder that is gone is told in words', async () => {
  const removed = await openFolderResultStore(join(folder, 'removed'));
  await removed.check();
  await rm(join(folder, 'removed'), { recursive: true });
  const unavailable = {
    kind: 'storage-unavailable',
    message:
      'The result store of this service cannot be used at the moment (ENOENT). Please try again later.',
  };
  await expect(removed.check()).rejects.toMatchObject(unavailable);
  await expect(removed.write('f', once('x'), 'text/plain')).rejects.toMatchObject(unavailable);
});

test('at the start the operator is told which folder cannot be used, and what to set', async () => {
  await writeFile(join(folder, 'file'), '');
  const impossible = join(folder, 'file', 'results');
  await expect(openResultStore({ kind: 'folder', folder: impossible })).rejects.toMatchObject({
    kind: 'storage-unavailable',
    message:
      `The folder for results of asynchronous queries, ${impossible}, cannot be used (ENOTDIR). ` +
      'Let the account of this service write to it, or set RESULTS_DIR to another one.',
  });
});
