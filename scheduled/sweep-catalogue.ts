import { runScheduled, type TaskOf } from '../src/compose/run-scheduled.js';
import { defineTask } from '../src/scheduler/define-task.js';

/** Finds every change of the catalogue, whether or not anything told us of it. */
export const sweepCatalogue: TaskOf = ({ sweep }, settings) =>
  defineTask({
    id: 'sweep-catalogue',
    description: 'Looks at the whole catalogue and marks what differs from what it saw last.',
    schedule: settings.get('sweep-cadence', { kind: 'global' }),
    timeoutMs: 60 * 60_000,
    run: async ({ signal }) => {
      const { products, marked, gone } = await sweep.sweep({ signal });
      return `${products} products looked at, ${marked} new or changed, ${gone} gone.`;
    },
  });

await runScheduled(import.meta.url, sweepCatalogue);
