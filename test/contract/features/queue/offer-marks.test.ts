import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Db } from '../../../../src/db/open-database.js';
import type { Marketplace } from '../../../../src/features/accounts/account.js';
import { offerMarksOn } from '../../../support/offer-marks.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const place = (id: number, accountId: number, shopId = 1): Marketplace => ({
  id,
  accountId,
  shopId,
  accountName: `account ${accountId}`,
  country: 'FR',
  amazonId: 'A13V1IB3VIYZZH',
  currency: 'EUR',
  active: true,
  inactiveReason: '',
});
const [france, germany, other, outlet] = [place(1, 1), place(2, 1), place(3, 2), place(4, 1, 2)];

describeEachDatabase('A mark of whole marketplaces', (name, open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    for (const table of ['queue', 'last_seen', 'pool_listing']) await database.db(table).delete();
  });

  const see = async (db: Db, accountId: number, productIds: readonly number[], shopId = 1) => {
    const rows = productIds.map((product_id) => ({
      account_id: accountId,
      shop_id: shopId,
      product_id,
      fingerprint: 'f',
      seen_at_ms: 5,
      missed_at_ms: null,
    }));
    for (let start = 0; start < rows.length; start += 400) await db('last_seen').insert(rows.slice(start, start + 400));
  };
  const list = (accountId: number, sku: string, productId: number) =>
    database.db('pool_listing').insert({
      account_id: accountId,
      sku,
      shop_id: 1,
      product_id: productId,
      combination_id: 0,
      channel: '',
      created_at_ms: 5,
    });
  const markAll = (...marketplaces: readonly Marketplace[]) =>
    database.db.transaction(async (transaction) => {
      const marks = offerMarksOn(database.db);
      await marks.takeTurn(transaction);
      return marks.markAll(marketplaces, 'setting cap', transaction);
    });
  const marked = async () => {
    const rows = await database.db('queue').orderBy(['marketplace_id', 'product_id']);
    return rows.map((row) => `${row.marketplace_id} ${row.product_id} ${row.action} ${row.reason}`);
  };

  it('is of the products that the sweep of the account saw in the shop, on each of them', async () => {
    await see(database.db, 1, [7, 8]);
    await see(database.db, 1, [9], 2);
    await see(database.db, 2, [6]);
    expect(await markAll(france, germany)).toEqual({ products: 2, marks: 4 });
    expect(await marked()).toEqual(['1 7', '1 8', '2 7', '2 8'].map((subject) => `${subject} update setting cap`));
    await database.db('queue').delete();
    expect(await markAll(other, outlet)).toEqual({ products: 2, marks: 2 });
    expect(await marked()).toEqual(['3 6 update setting cap', '4 9 update setting cap']);
  });

  it('is also of products that only a listing remembers, each once, and of no orphan', async () => {
    await see(database.db, 1, [7, 8]);
    await list(1, 'A', 8);
    await list(1, 'B', 12);
    await list(1, 'C', 12);
    await list(1, 'ORPHAN', 0);
    await list(2, 'D', 13);
    expect(await markAll(france)).toEqual({ products: 3, marks: 3 });
    expect((await marked()).map((line) => line.split(' ')[1])).toEqual(['7', '8', '12']);
  });

  it('raises what is marked already, so that a run at work cannot settle it', async () => {
    await see(database.db, 1, [7]);
    await markAll(france);
    const [before] = await database.db('queue').pluck('revision');
    await markAll(france);
    const [after] = await database.db('queue').pluck('revision');
    expect(Number(after)).toBeGreaterThan(Number(before));
  });

  it('is of all products, however many there are', async () => {
    await see(
      database.db,
      1,
      Array.from({ length: 2_500 }, (_, index) => 3 * index + 1),
    );
    expect(await markAll(france, germany)).toEqual({ products: 2_500, marks: 5_000 });
    expect(await database.db('queue').countDistinct({ count: 'product_id' })).toMatchObject([{ count: 2_500 }]);
  });

  it('is not made when its transaction is given up', async () => {
    await see(database.db, 1, [7]);
    const failing = database.db.transaction(async (transaction) => {
      await offerMarksOn(database.db).markAll([france], 'setting cap', transaction);
      throw new Error('given up');
    });
    await expect(failing).rejects.toThrow('given up');
    expect(await marked()).toEqual([]);
  });

  const waitsForItsTurn = async () => {
    const [rows] = await database.db.raw(
      'SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID() AND info LIKE ?',
      ['insert into `sequence`%'],
    );
    return (rows as readonly unknown[]).length > 0;
  };

  // SQLite has one writer: there both simply follow each other.
  if (name !== 'MariaDB') return;

  it('waits for a sweep that is writing, marks what that one saw, and is no deadlock', async () => {
    await see(database.db, 1, [7]);
    const { db } = database;
    const marks = offerMarksOn(db);
    let marking: Promise<unknown> = Promise.resolve();
    let hasTurn = false;
    await db.transaction(async (sweep) => {
      await marks.takeTurn(sweep);
      marking = db.transaction(async (setting) => {
        await marks.takeTurn(setting);
        hasTurn = true;
        return marks.markAll([france], 'setting cap', setting);
      });
      while (!hasTurn && !(await waitsForItsTurn())) await setImmediate();
      await see(sweep, 1, [8]);
    });
    expect(await marking).toEqual({ products: 2, marks: 2 });
  });

  it('reads without locks, while a sweep has written and waits for its turn', async () => {
    await see(database.db, 1, [7]);
    const { db } = database;
    const marks = offerMarksOn(db);
    let sweeping: Promise<unknown> = Promise.resolve();
    await db.transaction(async (setting) => {
      await marks.takeTurn(setting);
      await new Promise<void>((written, failed) => {
        sweeping = db.transaction(async (sweep) => {
          await sweep('last_seen').where({ product_id: 7 }).update({ fingerprint: 'g' });
          written();
          await marks.takeTurn(sweep);
        });
        sweeping.catch(failed);
      });
      expect(await marks.markAll([france], 'setting cap', setting)).toEqual({ products: 1, marks: 1 });
    });
    await sweeping;
  });
});
