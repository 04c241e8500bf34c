import { expect, it } from 'vitest';
import { defineTask } from '../../../src/scheduler/define-task.js';

const task = {
  id: 'fetch-reports',
  description: 'Fetches reports.',
  schedule: '*/5 * * * *',
  timeoutMs: 60_000,
  run: () => Promise.resolve('ok'),
};

it('A task is data and comes back as it was given', () => {
  expect(defineTask(task)).toBe(task);
});

it.each([
  [{ id: 'Fetch Reports' }, 'Task "Fetch Reports": expected an id in kebab-case, got "Fetch Reports".'],
  [{ schedule: '* * * *' }, 'Task "fetch-reports": expected a cron schedule of five fields, got "* * * *".'],
  [{ schedule: '61 * * * *' }, 'expected a cron schedule of five fields, got "61 * * * *".'],
  [{ schedule: '0 */5 * * * *' }, 'expected a cron schedule of five fields, got "0 */5 * * * *".'],
  [{ timeoutMs: 0 }, 'expected a time limit from 1 ms to 24 days, got 0 ms.'],
  [{ timeoutMs: Number.NaN }, 'expected a time limit from 1 ms to 24 days, got NaN ms.'],
  [{ timeoutMs: 2 ** 31 }, 'expected a time limit from 1 ms to 24 days, got 2147483648 ms.'],
])('A task with %j stops the start', (change, message) => {
  expect(() => defineTask({ ...task, ...change })).toThrow(message);
});
