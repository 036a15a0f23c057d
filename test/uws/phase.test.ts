import { expect, test } from '@jest/globals';
import { render } from '../../adql/index.ts';
import { activePhases, step } from '../../src/uws/phase.ts';

test('a step is a compare-and-set in the database', () => {
  const { set, where } = step(['PENDING', 'QUEUED', 'EXECUTING'], 'ABORTED');
  expect(render(set).text).toBe("phase = 'ABORTED'");
  expect(render(where).text).toBe("phase IN ('PENDING', 'QUEUED', 'EXECUTING')");
});

test('a job that has ended cannot go on: such steps do not compile', () => {
  // @ts-expect-error a completed job cannot run again
  step(['COMPLETED'], 'EXECUTING');
  // @ts-expect-error a job has to be queued before it runs
  step(['PENDING'], 'EXECUTING');
  expect(activePhases).toEqual(['PENDING', 'QUEUED', 'EXECUTING']);
});
