import { loadConfiguration } from '../../src/config/load-configuration.js';
import { openDatabase } from '../../src/db/open-database.js';
import { ensureSimulator } from '../../src/simulator/simulator-host.js';
import { fastClock } from './fast-clock.js';

/** The simulated Amazon of the test's database, in a process that nobody kills. */
const db = await openDatabase(loadConfiguration().databaseUrl);
const host = await ensureSimulator({ db, clock: fastClock(Number(process.env.CRASH_CLOCK_SINCE_MS)) });
process.on('disconnect', () => void host.stop().then(() => db.destroy()));
process.send?.({ kind: 'ready', url: host.url });
