import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { shopChangeMarks, shopChangeWatch } from '../../../src/compose/shop-change-watch.js';
import { systemClock } from '../../../src/core/clock.js';
import { checkTriggers } from '../../../src/features/doctor/check-triggers.js';
import { OutboxDrain } from '../../../src/features/shop-changes/outbox-drain.js';
import type { ShopChangeWatch, WatchTimes } from '../../../src/features/shop-changes/shop-change-watch.js';
import { WATCHED_TABLES } from '../../../src/shop/prestashop-database/outbox/watched-tables.js';
import type { ShopOutbox } from '../../../src/shop/shop-outbox.js';
import { whyNoDatabaseUsers } from '../../support/database-users.js';
import { addSeller, type ExportProgram, openExportProgram } from '../../support/export-program.js';
import { openTriggerShop, type TriggerShop } from '../../support/trigger-shop.js';

const reason = await whyNoDatabaseUsers();
const PRODUCT = 6;

describe.skipIf(reason !== null)(`The triggers of a shop${reason === null ? '' : ` (${reason})`}`, () => {
  let shop: TriggerShop;
  let office: Connection;
  beforeAll(async () => {
    shop = await openTriggerShop('prestashop-8.2.1');
    await shop.run(await shop.outbox.installation());
    office = await shop.shop();
    // A wait would be seen as a failure, soon.
    await office.query('SET SESSION innodb_lock_wait_timeout = 1');
  });
  afterAll(() => shop.close());

  const written = async () => {
    const [rows] = await shop.root.query<RowDataPacket[]>(
      'SELECT source, id_product, id_product_attribute AS combination, part, version FROM ps_feedbridge_outbox ORDER BY 2, 1, 3, 4',
    );
    return rows.map((row) => `${row.source} ${row.id_product}-${row.combination} ${row.part} v${row.version}`);
  };
  const affected = async (sql: string, by: Connection = office) => {
    const [result] = await by.query(sql);
    return (result as { affectedRows: number }).affectedRows;
  };

  describe('in their place', () => {
    beforeEach(async () => {
      await shop.root.query('DELETE FROM ps_feedbridge_outbox');
    });

    it('write one row for each thing that changed, however often', async () => {
      for (let times = 0; times < 3; times += 1)
        await office.query(
          'UPDATE ps_stock_available SET quantity = quantity + 1 WHERE id_product = 1 AND id_shop = 1',
        );
      const rows = await written();
      expect(rows).toHaveLength(9);
      expect(new Set(rows.map((row) => row.replace(/-\d+/, '')))).toEqual(new Set(['stock_available 1 1 v3']));
    });

    it.each([
      [
        'a price',
        `UPDATE ps_product_shop SET price = price + 1 WHERE id_product = ${PRODUCT}`,
        'product_shop 6-0 1 v1',
      ],
      ['a reference', `UPDATE ps_product SET reference = 'new' WHERE id_product = ${PRODUCT}`, 'product 6-0 0 v1'],
      [
        'a combination',
        'UPDATE ps_product_attribute SET ean13 = NULL WHERE id_product_attribute = 1',
        'product_attribute 1-1 0 v1',
      ],
      [
        'its impact',
        'UPDATE ps_product_attribute_shop SET price = 9 WHERE id_product_attribute = 1',
        'product_attribute_shop 1-1 1 v1',
      ],
      [
        'a NULL that becomes a value',
        "UPDATE ps_product_attribute SET ean13 = '4006381333931' WHERE id_product_attribute = 1",
        'product_attribute 1-1 0 v1',
      ],
      [
        'a row that goes',
        'DELETE FROM ps_stock_available WHERE id_product = 7 AND id_shop = 1',
        'stock_available 7-0 1 v1',
      ],
    ])('write down %s', async (_what, sql, row) => {
      await office.query(sql);
      expect(await written()).toContain(row);
    });

    it('write down both products of a row that moves from one to the other', async () => {
      await office.query('UPDATE ps_stock_available SET id_product = 9999 WHERE id_product = 8 AND id_shop = 1');
      expect(await written()).toEqual(['stock_available 8-0 1 v1', 'stock_available 9999-0 1 v1']);
      await office.query('UPDATE ps_stock_available SET id_product = 8 WHERE id_product = 9999');
      expect(await written()).toEqual(['stock_available 8-0 1 v2', 'stock_available 9999-0 1 v2']);
    });

    it('write special prices down as they come, change and go, of visitors without a cart alone', async () => {
      const insert = (customer: number, cart: number) =>
        office.query(
          `INSERT INTO ps_specific_price (id_specific_price_rule, id_cart, id_product, id_shop, id_shop_group, id_currency, id_country, id_group,
             id_customer, id_product_attribute, price, from_quantity, reduction, reduction_tax, reduction_type, \`from\`, \`to\`)
           VALUES (0, ${cart}, 999, 0, 0, 0, 0, 0, ${customer}, 0, -1, 1, 0.1, 1, 'percentage', '0000-00-00', '0000-00-00')`,
        );
      await insert(5, 0);
      await insert(0, 6);
      expect(await written()).toEqual([]);
      await insert(0, 0);
      await office.query('UPDATE ps_specific_price SET reduction = 0.2 WHERE id_product = 999');
      await office.query('DELETE FROM ps_specific_price WHERE id_product = 999');
      expect(await written()).toEqual([expect.stringMatching(/^specific_price 999-0 \d+ v3$/)]);
    });

    it.each([
      'UPDATE ps_stock_available SET quantity = quantity',
      'UPDATE ps_stock_available SET physical_quantity = physical_quantity + 1, reserved_quantity = 3',
      "UPDATE ps_product SET date_upd = '2026-01-01', quantity = 5, indexed = 1 - indexed",
      'UPDATE ps_product_shop SET indexed = 1 - indexed, date_upd = NOW(), on_sale = 1 - on_sale',
    ])('write nothing down for what enters no offer: %s', async (sql) => {
      await office.query(sql);
      expect(await written()).toEqual([]);
    });

    it('leave no row of a transaction that was rolled back, and show none before its end', async () => {
      await office.query('START TRANSACTION');
      await office.query(`UPDATE ps_stock_available SET quantity = 5000 WHERE id_product = ${PRODUCT}`);
      expect(await shop.outbox.page(null)).toEqual([]);
      await office.query('ROLLBACK');
      expect(await written()).toEqual([]);
    });

    it('write the time in UTC, whatever the zone of the session', async () => {
      await office.query("SET SESSION time_zone = '+11:00'");
      await office.query('UPDATE ps_stock_available SET quantity = quantity + 1 WHERE id_product = 6');
      await office.query('SET SESSION time_zone = DEFAULT');
      const [row] = await shop.outbox.page(null);
      expect(Math.abs((row?.seenAtMs ?? 0) - Date.now())).toBeLessThan(60_000);
    });

    it('make no statement wait that would not have waited without them: other products, other shop contexts', async () => {
      await office.query(
        `INSERT INTO ps_stock_available (id_product, id_product_attribute, id_shop, id_shop_group, quantity, depends_on_stock, out_of_stock)
         VALUES (6, 0, 2, 0, 1, 0, 2)`,
      );
      const raise = async (product: number, shopId: number, by: Connection) => {
        const where = `id_product = ${product} AND id_product_attribute = 0 AND id_shop = ${shopId}`;
        const [rows] = await shop.root.query<RowDataPacket[]>(
          `SELECT id_stock_available AS id FROM ps_stock_available WHERE ${where}`,
        );
        return affected(
          `UPDATE ps_stock_available SET quantity = quantity + 1 WHERE id_stock_available = ${rows[0]?.id}`,
          by,
        );
      };
      // Rows that are there already, which the next statements update and lock; between them others are to be written.
      for (const product of [6, 12]) await raise(product, 1, office);
      const importer = await shop.shop();
      await importer.query('START TRANSACTION');
      for (const product of [12, 6]) await raise(product, 1, importer);
      const done = [await raise(6, 2, office), await raise(8, 1, office), await raise(13, 1, office)];
      await importer.query('COMMIT');
      await office.query('DELETE FROM ps_stock_available WHERE id_shop = 2');
      expect(done).toEqual([1, 1, 1]);
    });
  });

  describe('and the bridge that empties the outbox', () => {
    beforeEach(async () => {
      await shop.root.query('DELETE FROM ps_feedbridge_outbox');
    });
    const raise = () => office.query('UPDATE ps_stock_available SET quantity = quantity + 1 WHERE id_product = 6');

    it('removes what it has read, and no change in between', async () => {
      await raise();
      const read = await shop.outbox.page(null);
      await raise();
      expect(await shop.outbox.remove(read)).toEqual([]);
      const again = await shop.outbox.page(null);
      expect(again).toMatchObject([{ productId: 6, key: read[0]?.key }]);
      await shop.outbox.remove(again);
      expect(await shop.outbox.page(null)).toEqual([]);
    });

    it('removes no row that was removed by another process and written anew', async () => {
      await raise();
      const read = await shop.outbox.page(null);
      await shop.outbox.remove(read);
      await raise();
      await shop.outbox.remove(read);
      expect(await shop.outbox.page(null)).toHaveLength(1);
    });

    it('waits for no transaction of the shop, and lets none wait for itself', async () => {
      await raise();
      await office.query(
        'UPDATE ps_stock_available SET quantity = quantity + 1 WHERE id_product = 7 OR id_product = 8',
      );
      const read = await shop.outbox.page(null);
      const importer = await shop.shop();
      await importer.query('START TRANSACTION');
      await importer.query('UPDATE ps_stock_available SET quantity = quantity + 1 WHERE id_product = 6');
      const left = await shop.outbox.remove(read);
      expect(left.map((row) => row.productId)).toContain(6);
      await importer.query('UPDATE ps_stock_available SET quantity = quantity + 1 WHERE id_product = 8');
      await importer.query('COMMIT');
      await shop.outbox.remove(left);
      expect((await shop.outbox.page(null)).map((row) => row.productId)).toContain(6);
    });

    it('reads page after page in the order of products, each row once', async () => {
      await shop.root.query(
        `INSERT INTO ps_feedbridge_outbox
         SELECT seq DIV 10, IF(seq % 2, 'stock_available', 'product'), seq % 3, seq % 5, 1, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) FROM seq_1_to_2500`,
      );
      const keys: string[] = [];
      for (let page = await shop.outbox.page(null); page.length > 0; ) {
        keys.push(...page.map((row) => row.key));
        page = await shop.outbox.page(page.at(-1) ?? null);
      }
      expect(new Set(keys).size).toBe(2_500);
      expect(keys).toHaveLength(2_500);
    });
  });

  describe('and the running bridge', () => {
    const QUICK = { outboxEveryMs: 20, noticesEveryMs: 60_000, awayEveryMs: 20, probeEveryMs: 20 };
    let opened: ExportProgram;
    let watch: ShopChangeWatch;
    beforeAll(async () => {
      const databaseUrl = `sqlite:${join(mkdtempSync(join(tmpdir(), 'feedbridge-test-')), 'feedbridge.sqlite')}`;
      opened = await openExportProgram({ databaseUrl, shopUrl: shop.url, folder: dirname(databaseUrl.slice(7)) });
      await addSeller(opened);
    });
    beforeEach(async () => {
      await shop.root.query('DELETE FROM ps_feedbridge_outbox');
      await opened.program.db('queue').delete();
    });
    afterAll(async () => {
      await opened.close();
      rmSync(opened.folder, { recursive: true, force: true });
    });

    const begin = (times?: WatchTimes) => {
      watch = shopChangeWatch(opened.program, times);
      watch.start();
    };
    const marked = async () => {
      const rows = await opened.program.db('queue').orderBy('product_id');
      return rows.map((row) => `${row.product_id} ${row.source}`);
    };
    const isMarked = (expected: readonly string[]) =>
      vi.waitFor(async () => expect(await marked()).toEqual(expected), { interval: 10, timeout: 10_000 });
    const isEmpty = () => vi.waitFor(async () => expect(await written()).toEqual([]), { interval: 10 });

    it('lead a change by plain SQL into the queue within two seconds, at the cadence of the service', async () => {
      const page = vi.spyOn(opened.program.outbox as ShopOutbox, 'page');
      begin();
      await office.query('UPDATE ps_stock_available SET quantity = quantity + 1 WHERE id_product = 6');
      await isMarked(['6 trigger']);
      // The look that found it goes on until it finds nothing more.
      await vi.waitFor(async () => expect(await page.mock.results.at(-1)?.value).toEqual([]), { interval: 5 });
      page.mockRestore();
      const startedAtMs = performance.now();
      await office.query('UPDATE ps_stock_available SET quantity = quantity - 1 WHERE id_product = 8');
      await isMarked(['6 trigger', '8 trigger']);
      expect(performance.now() - startedAtMs).toBeLessThan(2_000);
      await isEmpty();
      await watch.stop();
    });

    it('lead many changes of a product into one mark', async () => {
      for (const table of ['ps_product_shop', 'ps_product_attribute_shop'])
        await office.query(`UPDATE ${table} SET price = price + 1 WHERE id_product = 1`);
      await office.query('UPDATE ps_stock_available SET quantity = quantity + 1 WHERE id_product = 1');
      begin(QUICK);
      await isEmpty();
      await watch.stop();
      expect(await marked()).toEqual(['1 trigger']);
    });

    it('lead a price for the whole catalogue to every product that is known', async () => {
      const { accountId, shopId } = (await opened.program.accounts.marketplaces())[0] ?? { accountId: 0, shopId: 0 };
      const seen = [1, 2, 3].map((product_id) => ({ product_id, account_id: accountId, shop_id: shopId }));
      for (const row of seen) await opened.program.db('last_seen').insert({ ...row, fingerprint: 'x', seen_at_ms: 1 });
      await shop.root.query(
        "INSERT INTO ps_feedbridge_outbox VALUES (0, 'specific_price', 0, 5, 1, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))",
      );
      begin(QUICK);
      await isEmpty();
      await watch.stop();
      expect((await marked()).map((one) => Number.parseInt(one, 10))).toEqual([1, 2, 3]);
    });

    it('are looked at once more when the bridge is killed between its mark and its removal', async () => {
      await office.query('UPDATE ps_stock_available SET quantity = quantity + 1 WHERE id_product = 6');
      const outbox = opened.program.outbox as ShopOutbox;
      const parts = { ...opened.program, shopChanges: shopChangeMarks(opened.program) };
      const killed = { page: outbox.page, remove: () => Promise.reject(new Error('killed')) };
      await expect(new OutboxDrain({ ...parts, outbox: killed }).drain()).rejects.toThrow('killed');
      expect([await marked(), (await written()).length]).toEqual([['6 trigger'], 1]);
      await opened.program.db('queue').delete();
      await new OutboxDrain({ ...parts, outbox }).drain();
      expect([await marked(), await written()]).toEqual([['6 trigger'], []]);
    });

    it('are not marked again and again while the shop keeps their row locked', async () => {
      await office.query('UPDATE ps_stock_available SET quantity = quantity + 1 WHERE id_product = 6');
      const importer = await shop.shop();
      await importer.query('START TRANSACTION');
      await importer.query('UPDATE ps_stock_available SET quantity = quantity + 1 WHERE id_product = 6');
      const outbox = opened.program.outbox as ShopOutbox;
      const drain = new OutboxDrain({ ...opened.program, outbox, shopChanges: shopChangeMarks(opened.program) });
      await drain.drain();
      await opened.program.db('queue').delete();
      await drain.drain();
      expect(await marked()).toEqual([]);
      await importer.query('COMMIT');
      await drain.drain();
      expect([await marked(), await written()]).toEqual([['6 trigger'], []]);
    });

    it('whose rows may not be removed are told of once, and taken up again by itself', async () => {
      await shop.root.query(`REVOKE DELETE ON ps_feedbridge_outbox FROM '${shop.bridgeUser}'@'%'`);
      begin(QUICK);
      await office.query('UPDATE ps_stock_available SET quantity = quantity + 1 WHERE id_product = 6');
      const told = async () => (await opened.program.journal.list({ limit: 50 })).map((row) => row.code).reverse();
      await vi.waitFor(async () => expect(await told()).toContain('outbox-refused'), { interval: 10 });
      expect(await marked()).toEqual([]);
      await shop.root.query((await shop.outbox.installation()).grant ?? '');
      await isMarked(['6 trigger']);
      await watch.stop();
      expect((await told()).filter((code) => code === 'outbox-refused')).toHaveLength(1);
    });
  });

  it('are told from a shop where they were never installed, or where our right is missing', async () => {
    expect(await shop.outbox.state()).toBe('ready');
    await shop.root.query(`REVOKE DELETE ON ps_feedbridge_outbox FROM '${shop.bridgeUser}'@'%'`);
    expect(await shop.outbox.state()).toBe('refused');
    await shop.root.query(`REVOKE SELECT ON ps_feedbridge_outbox FROM '${shop.bridgeUser}'@'%'`);
    expect(await shop.outbox.state()).toBe('absent');
    await shop.root.query((await shop.outbox.installation()).grant ?? '');
    expect(await shop.outbox.state()).toBe('ready');
  });

  it('are named by the doctor when they are orphaned, missing, or of another prefix, and so is an outbox that nobody empties', async () => {
    const name = '`ps_feedbridge_product_insert`';
    const findings = async () => {
      const [one] = await checkTriggers(shop.outbox, systemClock);
      return one?.finding;
    };
    await shop.root.query('DELETE FROM ps_feedbridge_outbox');
    expect(await findings()).toContain('The outbox is there and is emptied. Whether all its triggers are there');
    for (const { table } of WATCHED_TABLES)
      await shop.root.query(`GRANT TRIGGER ON ps_${table} TO '${shop.bridgeUser}'@'%'`);
    expect(await findings()).toBe('The outbox and all 18 triggers are there, and it is emptied.');
    await shop.root.query(
      "INSERT INTO ps_feedbridge_outbox VALUES (6, 'product', 0, 0, 9, UTC_TIMESTAMP(3) - INTERVAL 3 HOUR, UTC_TIMESTAMP(3))",
    );
    expect(await findings()).toMatch(/^Nobody empties the outbox: its oldest change is 1[78]\d minutes old/);
    await shop.root.query('DELETE FROM ps_feedbridge_outbox');
    await shop.root.query(`DROP TRIGGER ${name}`);
    expect(await findings()).toContain('Triggers are missing: ps_feedbridge_product_insert.');
    await shop.root.query(`CREATE TRIGGER ${name.replace('ps_', 'old_')} AFTER INSERT ON ps_product FOR EACH ROW DO 0`);
    expect(await findings()).toContain('another prefix are left: old_feedbridge_product_insert.');
    await shop.root.query(`DROP TRIGGER ${name.replace('ps_', 'old_')}`);
    await shop.root.query('RENAME TABLE ps_feedbridge_outbox TO away');
    expect(await findings()).toMatch(
      /^Triggers without an outbox that we may see: ps_feedbridge_\w+, .* and 12 more\./,
    );
    await shop.root.query('RENAME TABLE away TO ps_feedbridge_outbox');
  });

  /** What a shop does all day, in a transaction and out of one. */
  const shopWorks = async () => {
    const counts = [
      await affected('UPDATE ps_stock_available SET quantity = quantity + 1 WHERE id_product = 6'),
      await affected('UPDATE ps_product_shop SET price = price + 1 WHERE id_product = 6'),
    ];
    await office.query('START TRANSACTION');
    counts.push(
      await affected(
        'UPDATE ps_stock_available SET quantity = quantity + 1 WHERE id_product IN (6, 7) AND id_shop = 1',
      ),
      await affected(
        `INSERT INTO ps_stock_available (id_product, id_product_attribute, id_shop, id_shop_group, quantity, depends_on_stock, out_of_stock)
         VALUES (8888, 0, 1, 0, 1, 0, 2)`,
      ),
      await affected('DELETE FROM ps_stock_available WHERE id_product = 8888'),
    );
    await office.query('COMMIT');
    return counts;
  };

  it('never fail a statement of the shop, whatever has become of the outbox and of the bridge', async () => {
    const uninstall = shop.outbox.removal();
    const { statements } = await shop.outbox.installation();
    // The triggers of the tables that are written here: the others would only take their time.
    const again = statements.filter(
      (sql) => !/^CREATE TRIGGER .* ON (?!`ps_(stock_available|product_shop)`)/.test(sql),
    );
    const good = await shopWorks();
    expect(Math.min(...good)).toBeGreaterThan(0);
    const bring = (...statements: readonly string[]) =>
      statements.reduce<Promise<unknown>>((before, sql) => before.then(() => shop.root.query(sql)), Promise.resolve());
    const works = async (state: string) => expect([state, await shopWorks()]).toEqual([state, good]);

    await bring(FILL);
    await works('1,000,000 undrained');
    await shop.run(uninstall);
    await works('1,000,000 undrained, uninstalled');

    await shop.run({ statements: again, grant: null });
    await bring('DROP TABLE ps_feedbridge_outbox');
    await works('outbox dropped');
    await bring('CREATE TABLE ps_feedbridge_outbox (x INT)');
    await works('outbox of another form');
    await bring('DROP TABLE ps_feedbridge_outbox');
    await shop.run(uninstall);
    await works('outbox dropped, uninstalled');

    await shop.run({ statements: again, grant: null });
    await bring(`DROP USER '${shop.bridgeUser}'@'%'`);
    await works('bridge dropped');
    await shop.run(uninstall);
    await shop.run(uninstall);
    await works('bridge dropped, uninstalled twice');
    expect((await shop.root.query<RowDataPacket[]>('SHOW TRIGGERS'))[0]).toEqual([]);
  }, 120_000);
});

const FILL = `INSERT IGNORE INTO ps_feedbridge_outbox
  SELECT seq, 'stock_available', 0, 1, 1, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) FROM seq_1_to_1000000`;
