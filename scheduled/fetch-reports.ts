import { runScheduled, type TaskOf } from '../src/compose/run-scheduled.js';
import { defineTask } from '../src/scheduler/define-task.js';

/** Asks for the feeds on their way; the other half of every send. */
export const fetchReports: TaskOf = ({ poller }, settings) =>
  defineTask({
    id: 'fetch-reports',
    description: "Asks Amazon for the feeds on their way and settles those that have ended by Amazon's report.",
    schedule: settings.get('fetch-reports-cadence', { kind: 'global' }),
    timeoutMs: 30 * 60_000,
    run: async ({ signal }) => {
      const { asked, settled } = await poller.pollDue({ signal });
      return `${asked} feeds asked for, ${settled} settled.`;
    },
  });

await runScheduled(import.meta.url, fetchReports);
