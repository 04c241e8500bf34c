import { compose, type Feedbridge } from '../../compose.js';
import type { Configuration } from '../../config/configuration.js';
import type { RunOrder } from '../../features/export/pages/background-runs.js';
import { startWork, type Work } from '../start-work.js';
import { packError } from './forwarded-error.js';
import { type WorkerNews, workerTaskSchema } from './worker-messages.js';

/** A service that hears nothing for minutes takes its worker for hung. */
const ALIVE_EVERY_MS = 10_000;

/** Without its service a worker has nobody who would end it: one that finds no safe end is gone after this long. */
const ORPHAN_LIMIT_MS = 60_000;

/** The work of a composed program, and its end. */
interface BegunWork {
  readonly work: Work;
  end(): Promise<void>;
}

/**
 * Does what the service orders over the channel of this process, from the settings it sends first until it says stop or is gone.
 *
 * @param worker this process, forked with a channel
 */
export function workForService(worker: NodeJS.Process): void {
  const say = (news: WorkerNews) => {
    // A service that is gone hears nothing more; 'disconnect' tells us so.
    if (worker.connected) worker.send?.(news, undefined, undefined, () => undefined);
  };
  setInterval(() => say({ kind: 'alive' }), ALIVE_EVERY_MS).unref();
  let begun: Promise<BegunWork | null> = Promise.resolve(null);
  let ending: Promise<void> | null = null;
  const end = () => {
    ending ??= begun.then((work) => work?.end()).finally(() => worker.connected && worker.disconnect());
    return ending;
  };
  worker.on('message', (message: unknown) => {
    const task = workerTaskSchema.parse(message);
    if (task.kind === 'begin') {
      begun = begin(task.configuration, say);
      void begun.then((work) => (work === null ? end() : undefined));
    } else if (task.kind === 'stop') void end();
    else if (task.kind === 'noticed') void begun.then((one) => one?.work.noticed());
    // What comes once it ends has no answer; the service refuses it as soon as this process is gone.
    else if (ending === null) void begun.then((one) => obey(one, task, say));
  });
  worker.once('disconnect', () => {
    setTimeout(() => worker.exit(1), ORPHAN_LIMIT_MS).unref();
    void end();
  });
}

/** @returns null when it could not begin; the service has been told why, and the process ends */
async function begin(configuration: Configuration, say: (news: WorkerNews) => void): Promise<BegunWork | null> {
  let program: Feedbridge | null = null;
  try {
    program = await compose(configuration);
    const work = await startWork(program, {
      progress: (progress) => say({ kind: 'progress', progress }),
      ended: (runId) => say({ kind: 'ended', runId }),
    });
    const { close } = program;
    const end = async () => {
      await work.stop();
      await close();
    };
    say({ kind: 'ready', owner: program.owner });
    return { work, end };
  } catch (error) {
    await program?.close();
    say({ kind: 'not-begun', error: packError(error) });
    return null;
  }
}

async function obey(
  begun: BegunWork | null,
  { orderId, order }: { orderId: number; order: RunOrder },
  say: (news: WorkerNews) => void,
): Promise<void> {
  if (begun === null) return;
  try {
    say({ kind: 'started', orderId, runId: await begun.work.runs.start(order) });
  } catch (error) {
    say({ kind: 'refused', orderId, error: packError(error) });
  }
}
