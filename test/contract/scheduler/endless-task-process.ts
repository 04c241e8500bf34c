import { systemClock } from '../../../src/core/clock.js';
import { silentLogger } from '../../../src/core/logger.js';
import { openDatabase } from '../../../src/db/open-database.js';
import { runTask } from '../../../src/scheduler/run-task.js';

// A process for tests that kill it: runs the task "endless" in the database of the first argument and says so.
const db = await openDatabase(process.argv[2] ?? '');
await runTask(
  {
    id: 'endless',
    description: 'Never ends.',
    schedule: '* * * * *',
    timeoutMs: 3_600_000,
    run: () => {
      process.stdout.write('running\n');
      return new Promise(() => undefined);
    },
  },
  { db, clock: systemClock, logger: silentLogger, lockTimes: { ttlMs: 1_500, renewEveryMs: 100 } },
);
