import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildDemoTables } from '../../../src/shop/demo-shop/build-demo-tables.js';
import { openDemoShop } from '../../../src/shop/demo-shop/open-demo-shop.js';
import { isDemoSeeded, seedDemoShop } from '../../../src/shop/demo-shop/seed-demo-shop.js';
import { demoFolder, SEEDING_DAY } from './demo-shop-file.js';

let folder: Awaited<ReturnType<typeof demoFolder>>;
beforeEach(async () => {
  folder = await demoFolder();
});
afterEach(() => folder.remove());

/** Every table with all its rows, read without the program under test. */
function dump(file: string): Record<string, unknown[]> {
  const connection = new Database(file, { readonly: true });
  const names = connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").pluck().all();
  const tables = names.map((name) => [String(name), connection.prepare(`SELECT * FROM "${name}"`).all()] as const);
  connection.close();
  return Object.fromEntries(tables);
}

describe('seeding the demo shop', () => {
  it('makes the folder, the tables and every row, in less than three seconds of work', async () => {
    const before = process.cpuUsage();
    expect(await seedDemoShop({ file: folder.file, now: SEEDING_DAY })).toBe('seeded');
    // Processor time, so that a busy machine does not fail it.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(3_000);
    const stored = dump(folder.file);
    for (const [table, rows] of Object.entries(buildDemoTables(SEEDING_DAY)))
      expect([table, stored[`ps_${table}`]?.length]).toEqual([table, rows.length]);
    expect(await isDemoSeeded(folder.file)).toBe(true);
  });

  it('keeps every decimal as text, digit by digit', async () => {
    await seedDemoShop({ file: folder.file, now: SEEDING_DAY });
    const connection = new Database(folder.file, { readonly: true });
    const types = connection.prepare('SELECT DISTINCT typeof(price), typeof(ecotax) FROM ps_product_shop').raw().all();
    const price = connection.prepare(
      "SELECT s.price FROM ps_product_shop s JOIN ps_product USING (id_product) WHERE reference = 'BOOK-01'",
    );
    expect(types).toEqual([['text', 'text']]);
    expect(price.pluck().get()).toBe('23.601896');
    connection.close();
  });

  it('fills two files of one day alike', async () => {
    await seedDemoShop({ file: folder.file, now: SEEDING_DAY });
    await seedDemoShop({ file: `${folder.file}-2`, now: new Date('2026-11-21T05:00:00Z') });
    expect(dump(`${folder.file}-2`)).toEqual(dump(folder.file));
  });

  it('leaves a filled shop as it is, edits and old dates included', async () => {
    await seedDemoShop({ file: folder.file, now: SEEDING_DAY });
    const connection = new Database(folder.file);
    connection.exec("UPDATE ps_product SET reference = 'MINE' WHERE id_product = 1");
    connection.close();
    const before = dump(folder.file);
    expect(await seedDemoShop({ file: folder.file, now: new Date('2027-06-01T00:00:00Z') })).toBe('already seeded');
    expect(dump(folder.file)).toEqual(before);
  });

  it('fills once when two ask at the same time', async () => {
    const both = await Promise.all([1, 2].map(() => seedDemoShop({ file: folder.file, now: SEEDING_DAY })));
    expect([...both].sort()).toEqual(['already seeded', 'seeded']);
  });

  it('starts over whole after a process was killed half way', async () => {
    const script = `
      import Database from 'better-sqlite3';
      const prepare = Database.prototype.prepare;
      Database.prototype.prepare = function (sql) {
        if (sql.startsWith('INSERT INTO "ps_stock_available"')) process.kill(process.pid, 'SIGKILL');
        return prepare.call(this, sql);
      };
      const { seedDemoShop } = await import('./src/shop/demo-shop/seed-demo-shop.ts');
      await seedDemoShop({ file: process.argv[1], now: new Date('2026-11-01T00:00:00Z') });`;
    const killed = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script, folder.file]);
    expect(killed.signal).toBe('SIGKILL');
    expect(existsSync(folder.file)).toBe(true);
    expect(await isDemoSeeded(folder.file)).toBe(false);
    expect(await seedDemoShop({ file: folder.file, now: SEEDING_DAY })).toBe('seeded');
    await seedDemoShop({ file: `${folder.file}-2`, now: SEEDING_DAY });
    expect(dump(folder.file)).toEqual(dump(`${folder.file}-2`));
  });

  it('does not touch a database that holds something else', async () => {
    mkdirSync(dirname(folder.file));
    const connection = new Database(folder.file);
    connection.exec('CREATE TABLE invoices (id INTEGER)');
    connection.close();
    await expect(seedDemoShop({ file: folder.file, now: SEEDING_DAY })).rejects.toMatchObject({
      code: 'DEMO_SHOP_FILE_TAKEN',
      message: expect.stringContaining('invoices'),
    });
    expect(Object.keys(dump(folder.file))).toEqual(['invoices']);
    expect(await isDemoSeeded(folder.file)).toBe(false);
  });

  it('names a file that is no database', async () => {
    mkdirSync(dirname(folder.file));
    writeFileSync(folder.file, 'this is no database, but long enough to look like one '.repeat(40));
    await expect(openDemoShop({ file: folder.file, now: SEEDING_DAY })).rejects.toMatchObject({
      code: 'DEMO_SHOP_FILE_BROKEN',
    });
  });

  it.each(['', '/below/demo.sqlite'])('where "demo.sqlite%s" cannot be made names FEEDBRIDGE_DATA', async (below) => {
    mkdirSync(below === '' ? folder.file : dirname(folder.file), { recursive: true });
    if (below !== '') writeFileSync(folder.file, 'in the way');
    const file = `${folder.file}${below}`;
    const refusal: unknown = await seedDemoShop({ file, now: SEEDING_DAY }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'DEMO_SHOP_FILE_UNUSABLE', message: expect.stringContaining(file) });
    expect(String(refusal)).toContain('FEEDBRIDGE_DATA ');
    expect(String(refusal)).not.toContain('FEEDBRIDGE_DATABASE');
  });
});
