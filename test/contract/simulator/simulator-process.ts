import { systemClock } from '../../../src/core/clock.js';
import { openDatabase } from '../../../src/db/open-database.js';
import { Simulator } from '../../../src/simulator/simulator.js';

/** A simulator in a process of its own, to be killed: takes the address of its database and says where it listens. */
const db = await openDatabase(process.argv[2] ?? '');
const delays = { queueMs: 0, processMs: 0, effectiveMs: 0 };
const { url } = await new Simulator({ db, clock: systemClock, delays }).start();
process.stdout.write(`${url}\n`);
