import { runScheduled, type TaskOf } from '../src/compose/run-scheduled.js';
import { defineTask } from '../src/scheduler/define-task.js';

/** Finds what changes most: stock, and prices whose sale begins or ends by the clock. */
export const sweepStock: TaskOf = ({ stockSweep }, settings) =>
  defineTask({
    id: 'sweep-stock',
    description: 'Looks at the stock of the catalogue and at the sales that began or ended, and marks what differs.',
    schedule: settings.get('stock-sweep-cadence', { kind: 'global' }),
    timeoutMs: 60 * 60_000,
    wakesAtMs: () => stockSweep.nextPriceChangeMs(),
    run: async ({ signal }) => {
      const { products, marked, gone } = await stockSweep.sweep({ signal });
      return `${products} products looked into, ${marked} new or changed, ${gone} gone.`;
    },
  });

await runScheduled(import.meta.url, sweepStock);
