import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../../src/db/migrate.js';
import { type Db, openDatabase } from '../../../src/db/open-database.js';
import { CrashRounds } from '../../crash/crash-rounds.js';
import { judge } from '../../crash/judge.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'feedbridge-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('A crash at any point loses nothing and doubles nothing:', () => {
  // Two hundred rounds, on each database, are a script of their own: npm run test:crash.
  it('a bridge killed in the middle of its work ends at what the shop wants, by feeds that it owns', async () => {
    const sealingKey = randomBytes(32).toString('base64');
    const databaseUrl = `sqlite:${join(folder, 'feedbridge.sqlite')}`;
    const rounds = await CrashRounds.open({ folder, databaseUrl, sinceMs: Date.now(), sealingKey }, 'rule 2');
    try {
      const told: string[] = [];
      const { kills, lost, doubled } = await rounds.run(1, (line) => told.push(line));
      expect({ lost, doubled, told }).toMatchObject({ lost: 0, doubled: 0 });
      expect(kills).toBeGreaterThan(0);
    } finally {
      await rounds.close();
    }
  }, 120_000);
});

describe('The judge of the crash rounds', () => {
  let db: Db;
  beforeAll(async () => {
    db = await openDatabase(`sqlite:${join(folder, 'judged.sqlite')}`);
    await migrate(db);
    await applied('quantity', { quantity: 9 });
    await applied('quantity', { quantity: 4 });
    await applied('price', { price: '12.00' }, 'MARKETPLACE-FR');
    await db('sim_log').insert({ ...ENTRY, kind: 'feed-created', feed_id: 7 });
  });
  afterAll(() => db?.destroy());

  const applied = (kind: string, what: object, marketplaceId: string | null = null) =>
    db('sim_log').insert({ ...ENTRY, kind, marketplace_id: marketplaceId, what: JSON.stringify(what) });
  const countries = new Map([['MARKETPLACE-FR', 'FR']]);
  const wanted = (quantity: number, price: string) => [{ sku: ENTRY.sku, quantity, prices: { FR: price } }];

  it('finds a feed that nobody owns, and a value that is not the last one given', async () => {
    const { lost, doubled } = await judge(db, wanted(9, '13.00'), countries);
    expect(lost).toEqual([
      'SKU-1: the shop wants 9, Amazon was given 4.',
      'SKU-1/FR: the shop wants 13.00, Amazon was given 12.00.',
    ]);
    expect(doubled).toEqual([expect.stringContaining('belongs to 0 feeds of ours')]);
  });

  it('is content with the newest values alone', async () => {
    expect((await judge(db, wanted(4, '12.00'), countries)).lost).toEqual([]);
  });
});

const ENTRY = { seller_id: 'SIMULATED1', at_ms: 1, sku: 'SKU-1', marketplace_id: null, feed_id: null, what: '{}' };
