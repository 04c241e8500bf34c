import { afterAll, beforeAll, expect, it } from 'vitest';
import { Audit } from '../../../../src/features/users/audit.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

describeEachDatabase('The audit', (_name, open) => {
  let database: TestDatabase;
  let audit: Audit;
  beforeAll(async () => {
    database = await open();
    audit = new Audit(database.db, { nowMs: () => 5 });
    await audit.record({ actor: 'anna', action: 'user-add', subject: 'berta', details: { role: 'admin' } });
    await audit.record({ actor: 'cli', action: 'setting-set', subject: 'cap', details: { before: null, after: 3 } });
    await audit.record({ actor: 'anna', action: 'setting-set', subject: 'reserve', details: { on: true } });
  });
  afterAll(() => database.drop());

  it('lists what was done, newest first, with its details', async () => {
    expect(await audit.list({ limit: 2 })).toEqual([
      {
        id: expect.any(Number),
        atMs: 5,
        actor: 'anna',
        action: 'setting-set',
        subject: 'reserve',
        details: { on: true },
      },
      expect.objectContaining({ actor: 'cli', details: { before: null, after: 3 } }),
    ]);
  });

  it('is narrowed by who did it, what was done, and the page before', async () => {
    const subjects = async (filter: { actor?: string; action?: string; beforeId?: number }) =>
      (await audit.list({ ...filter, limit: 10 })).map((row) => row.subject);
    expect(await subjects({ actor: 'anna' })).toEqual(['reserve', 'berta']);
    expect(await subjects({ action: 'setting-set' })).toEqual(['reserve', 'cap']);
    const [newest] = await audit.list({ limit: 1 });
    expect(await subjects({ beforeId: newest?.id ?? 0 })).toEqual(['cap', 'berta']);
  });
});
