import type { Feedbridge } from '../compose.js';
import { BackgroundRuns, type RunListener } from '../features/export/pages/background-runs.js';
import { CronRunner } from '../scheduler/cron-runner.js';
import { runTask } from '../scheduler/run-task.js';
import { shopChangeWatch } from './shop-change-watch.js';
import { feedbridgeTasks } from './tasks.js';

/** Everything that works on large sets, in one process. */
export interface Work {
  /** The runs that people and programs order. */
  readonly runs: BackgroundRuns;
  /** Looks at once at the notices that have come. */
  noticed(): void;
  /** Starts nothing more, lets what runs come to a safe end, and waits for that. */
  stop(): Promise<void>;
}

/**
 * Starts the simulated Amazon where an account needs it, the scheduled tasks, and one sweep at once: after a pause of the service the
 * catalogue may have changed.
 *
 * @param listener hears how far the ordered runs are
 */
export async function startWork(program: Feedbridge, listener: RunListener): Promise<Work> {
  const { db, clock, logger, owner, journal } = program;
  if ((await program.accounts.list()).some((account) => account.simulator)) await program.simulator.start();
  const tasks = await feedbridgeTasks(program);
  const runner = new CronRunner(tasks, { db, clock, logger, owner });
  await runner.start();
  const stopping = new AbortController();
  const sweep = tasks.find((task) => task.id === 'sweep-catalogue');
  const first = sweep ? runTask(sweep, { db, clock, logger, owner }, stopping.signal) : Promise.resolve();
  const ended = first.then(
    () => undefined,
    (error: unknown) => logger.error('The first sweep could not be written into the diary', { reason: String(error) }),
  );
  const runs = new BackgroundRuns({ exports: program.export, journal, logger, listener });
  const watch = shopChangeWatch(program);
  watch.start();
  const stop = async () => {
    stopping.abort();
    await Promise.all([watch.stop(), runner.stop(), runs.stop(), ended]);
  };
  return { runs, noticed: () => watch.wake(), stop };
}
