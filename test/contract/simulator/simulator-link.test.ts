import { afterAll, beforeAll, expect, it } from 'vitest';
import { SimulatorLink } from '../../../src/compose/simulator-link.js';
import { systemClock } from '../../../src/core/clock.js';
import { silentLogger } from '../../../src/core/logger.js';
import { openDatabase } from '../../../src/db/open-database.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

describeEachDatabase('The link with the simulated Amazon', (_name, open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.drop());

  it('begins a simulator here when the process whose one it used has ended', async () => {
    const surroundings = { clock: systemClock, logger: silentLogger };
    const theirs = new SimulatorLink({ ...surroundings, db: database.db });
    const db = await openDatabase(database.url);
    const ours = new SimulatorLink({ ...surroundings, db });
    const url = await theirs.url();
    expect(await ours.url()).toBe(url);
    await theirs.stop();
    const urls = await Promise.all([ours.url(), ours.url()]);
    expect((await fetch(`${urls[0]}/_simulator/health`)).status).toBe(200);
    expect(urls[1]).toBe(urls[0]);
    await ours.stop();
    await db.destroy();
  });
});
