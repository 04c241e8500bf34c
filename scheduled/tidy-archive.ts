import { runScheduled, type TaskOf } from '../src/compose/run-scheduled.js';
import { defineTask } from '../src/scheduler/define-task.js';

/** Keeps the data folder within its times; what was sent and what came of it stays in the database. */
export const tidyArchive: TaskOf = ({ tidying }) =>
  defineTask({
    id: 'tidy-archive',
    description: 'Removes documents, answers and run logs whose time is over, and shortens run logs.',
    // Once a day, when people and other tasks of a full hour sleep.
    schedule: '20 3 * * *',
    timeoutMs: 4 * 60 * 60_000,
    run: async ({ signal }) => {
      const { feeds, displays, logsRemoved, logsThinned, strayFiles } = await tidying.tidy(signal);
      return `Removed: documents of ${feeds} feeds and ${displays} displays, ${logsRemoved} run logs, ${strayFiles} files of stopped runs. Shortened: ${logsThinned} run logs.`;
    },
  });

await runScheduled(import.meta.url, tidyArchive);
