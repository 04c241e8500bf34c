import { runScheduled, type TaskOf } from '../src/compose/run-scheduled.js';
import { defineTask } from '../src/scheduler/define-task.js';

/** `export --send` for every marketplace switched on. */
export const exportOffers: TaskOf = (program, settings) =>
  defineTask({
    id: 'export-offers',
    description: 'Sends what waits in the queue, for every marketplace switched on.',
    schedule: settings.get('export-cadence', { kind: 'global' }),
    timeoutMs: 4 * 60 * 60_000,
    run: async ({ signal }) => {
      const sentences = await program.export.sendEveryAccount({ requestedBy: 'scheduler', signal });
      return sentences.join(' ') || 'There is no account yet.';
    },
  });

await runScheduled(import.meta.url, exportOffers);
