import { setTimeout as sleep } from 'node:timers/promises';
import { compose } from '../../src/compose.js';
import { loadConfiguration } from '../../src/config/load-configuration.js';
import { isRetryable } from '../../src/core/errors.js';
import { fastClock, fastPause } from './fast-clock.js';

/** How often it looks, by the real clock. */
const LOOK_EVERY_MS = 250;

/** The task that fetches reports, in a process that nobody kills: it settles feeds beside the bridge that sends them. */
const program = await compose(loadConfiguration(), {
  clock: fastClock(Number(process.env.CRASH_CLOCK_SINCE_MS)),
  pause: fastPause,
});
const stop = new AbortController();
process.on('disconnect', () => stop.abort());
process.send?.({ kind: 'ready' });
while (!stop.signal.aborted) {
  await program.poller.pollDue({ signal: stop.signal }).catch((error: unknown) => {
    // A database that is killed under it is not its fault: the service's tasks are tried again at their next time as well.
    if (!isRetryable(error) && process.env.CRASH_DATABASE_DIES === undefined) throw error;
  });
  await sleep(LOOK_EVERY_MS);
}
await program.close();
