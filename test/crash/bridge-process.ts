import { compose, type Feedbridge } from '../../src/compose.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { LockLost } from '../../src/db/lock-store.js';
import { parseExportOptions } from '../../src/features/export/export-options.js';
import { ExportUnderWay } from '../../src/features/export/export-service.js';
import { NothingHeld } from '../../src/features/export/guard/hold-decisions.js';
import { fastClock, fastPause } from './fast-clock.js';
import { KillPoint } from './kill-point.js';
import { CRASH_LOCK_TIMES, type Order, type Word } from './process-words.js';

/** A bridge that does the main job again and again when it is told to, until it is killed; told and heard over IPC. */
async function main(): Promise<void> {
  const clock = fastClock(Number(process.env.CRASH_CLOCK_SINCE_MS));
  const program = await compose(loadConfiguration(), { clock, pause: fastPause, lockTimes: CRASH_LOCK_TIMES });
  const killPoint = new KillPoint(program.db);
  process.on('message', (order: Order) => {
    if (order.kind === 'end') {
      void program.close().then(() => process.disconnect());
      return;
    }
    killPoint.arm(order.killAt ?? undefined);
    void untilCalm(program).then(
      () => say({ kind: 'calm', steps: killPoint.steps }),
      (error: unknown) => say({ kind: 'failed', reason: error instanceof Error ? (error.stack ?? '') : String(error) }),
    );
  });
  say({ kind: 'ready' });
}

/** Sweeps, sends and settles until nothing waits and nothing is on its way. */
async function untilCalm(program: Feedbridge): Promise<void> {
  for (;;) {
    await program.sweep.sweep();
    for (const { id, name } of await program.accounts.list()) {
      await sendWhenFree(program, name);
      const marketplaces = await program.accounts.marketplaces(id);
      const waiting = await program.queue.counts(marketplaces.map((one) => one.id));
      const isReleased = await releaseHeld(program, id);
      if (!isReleased && waiting.length === 0 && (await program.feeds.open(id)).length === 0) return;
    }
    await fastPause(30_000);
  }
}

/** Lets go what the guard holds, as a person does; that may be cut short like everything else. */
async function releaseHeld(program: Feedbridge, accountId: number): Promise<boolean> {
  const [hold] = await program.holdViews.open([accountId]);
  if (hold === undefined) return false;
  try {
    await whenFree(() => program.export.release(hold.runId, { requestedBy: 'test', wait: true }));
  } catch (error) {
    // What was brought to 0 goes by itself after a while.
    if (!(error instanceof NothingHeld)) throw error;
  }
  return true;
}

async function sendWhenFree(program: Feedbridge, account: string): Promise<void> {
  const options = parseExportOptions({ account });
  await whenFree(() => program.export.send(options, { requestedBy: 'scheduler', wait: true }));
}

/** The lock of a process that was killed must run out first. */
async function whenFree(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      // On a busy machine a lock of two seconds may run out while its owner lives: then it must find back like any other.
      if (!(error instanceof ExportUnderWay || error instanceof LockLost)) throw error;
      await fastPause(60_000);
    }
  }
}

function say(word: Word): void {
  process.send?.(word);
}

await main();
