import { afterAll, beforeAll, expect, it } from 'vitest';
import { LockStore } from '../../../src/db/lock-store.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

describeEachDatabase('A lock row', (_name, open) => {
  let database: TestDatabase;
  let locks: LockStore;
  beforeAll(async () => {
    database = await open();
    locks = new LockStore(database.db);
  });
  afterAll(() => database.drop());

  it('is held by one owner at a time', async () => {
    const first = await locks.acquire('one', 'a');
    expect(first).toMatchObject({ owner: 'a', fence: 1 });
    expect(await locks.acquire('one', 'b')).toBeNull();
    expect(await locks.holder('one')).toMatchObject({ owner: 'a' });
  });

  it('is free again after release, with a higher fence', async () => {
    const first = await locks.acquire('two', 'a');
    if (first) await locks.release(first);
    expect(await locks.acquire('two', 'b')).toMatchObject({ owner: 'b', fence: 2 });
  });

  it('that expired can be taken over, and its late owner is told so', async () => {
    const late = await locks.acquire('three', 'a', { ttlMs: -1 });
    const next = await locks.acquire('three', 'b');
    expect(next).toMatchObject({ owner: 'b', fence: 2 });
    if (!late) throw new Error('expected the first acquire to succeed');
    expect(await locks.renew(late)).toBe(false);
    await expect(database.db.transaction((trx) => locks.confirm(late, trx))).rejects.toMatchObject({
      code: 'LOCK_LOST',
    });
    await locks.release(late);
    expect(await locks.holder('three')).toMatchObject({ owner: 'b' });
  });

  it('is free as soon as its owner is known to have ended; that of another owner stays', async () => {
    await locks.acquire('five', 'ended');
    const kept = await locks.acquire('six', 'alive');
    await locks.releaseOf('ended');
    expect(await locks.acquire('five', 'next')).toMatchObject({ owner: 'next', fence: 2 });
    expect(kept && (await locks.renew(kept))).toBe(true);
  });

  it('is taken by exactly one of many that try at once', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, (_, index) => locks.acquire('four', `owner-${index}`)));
    expect(results.filter((lock) => lock !== null)).toHaveLength(1);
  });
});
