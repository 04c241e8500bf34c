import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compose, type Feedbridge } from '../compose.js';
import { loadConfiguration } from '../config/load-configuration.js';
import { FeedbridgeError } from '../core/errors.js';
import type { LoadedSettings } from '../features/settings/loaded-settings.js';
import type { ScheduledTask } from '../scheduler/define-task.js';
import { runTask } from '../scheduler/run-task.js';

/** Makes a task for a program that is put together, on the schedule that its settings give. */
export type TaskOf = (program: Feedbridge, settings: LoadedSettings) => ScheduledTask;

/**
 * Runs a task when its file is the program that node was started with, as a crontab does; does nothing when it is only imported.
 *
 * Lock and diary are the service's, so the two never run one task at once. Exit code: 0 done or skipped, 1 failed, 2 wrong settings.
 *
 * @param fileUrl `import.meta.url` of the task's file
 */
export async function runScheduled(fileUrl: string, taskOf: TaskOf): Promise<void> {
  const started = process.argv[1];
  if (started === undefined || realpathSync(started) !== fileURLToPath(fileUrl)) return;
  try {
    process.exitCode = await runOnce(taskOf);
  } catch (error) {
    if (!(error instanceof FeedbridgeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

async function runOnce(taskOf: TaskOf): Promise<number> {
  const program = await compose(loadConfiguration());
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const task = taskOf(program, await program.settings.load());
    const outcome = await runTask(task, program, stopping.signal);
    process.stdout.write(`${task.id}: ${outcome.status}. ${outcome.result}\n`);
    return outcome.status === 'done' || outcome.status === 'skipped' ? 0 : 1;
  } finally {
    await program.close();
  }
}
