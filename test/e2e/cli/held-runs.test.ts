import { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../../src/cli/run-command.js';
import { BOARD, CARD, DESK, ListedShop } from '../../support/export-listed-shop.js';
import { SEALING_KEY } from '../../support/export-program.js';
import { openTestDatabase, type TestDatabase } from '../../support/test-databases.js';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let database: TestDatabase;
let listed: ListedShop;
beforeAll(async () => {
  database = await openTestDatabase('SQLite');
  listed = await ListedShop.open(database.url);
  await database.db('account').update({ first_released_at_ms: null });
});
afterAll(async () => {
  await listed?.close();
  await database?.drop();
});

/** Runs a command on the database and data folder of the shop. */
async function bridge(...argv: readonly string[]): Promise<Ran> {
  const texts = { out: '', err: '' };
  const into = (name: 'out' | 'err') =>
    new Writable({
      write: (chunk, _encoding, done) => {
        texts[name] += String(chunk);
        done();
      },
    });
  const code = await runCommand(argv, {
    environment: {
      FEEDBRIDGE_DATABASE: database.url,
      FEEDBRIDGE_DATA: listed.shop.folder,
      FEEDBRIDGE_KEY: SEALING_KEY.toString('base64'),
      LOG_LEVEL: 'silent',
    },
    workingFolder: listed.shop.folder,
    input: Readable.from(['']),
    output: into('out'),
    errors: into('err'),
    signal: new AbortController().signal,
  });
  return { code, ...texts };
}

const newestRun = async () => (await listed.shop.program.export.list({ limit: 1 }))[0]?.id ?? 0;

describe('What a run holds', () => {
  it('ends a send with 3, says what to do, and keeps the next send back with 3', async () => {
    const products = [BOARD, DESK, CARD].map(({ id }) => id).join(',');
    const held = await bridge('export', '--send', '--products', products);
    const id = await newestRun();
    expect(held.code, held.err).toBe(3);
    expect(held.out).toContain('0 values sent; 6 held.');
    expect(held.out).toMatch(/missing, faulty or shared in the whole catalogue: feedbridge shop check/);
    expect(held.out).toContain(`Held: the first send to this account, 6 values.`);
    expect(held.out).toContain(`feedbridge run release ${id}`);
    const next = await bridge('export', '--send');
    expect(next).toMatchObject({ code: 3, err: expect.stringContaining(`held by run ${id}`) });
    expect(await newestRun()).toBe(id);
    expect(listed.amazon.feeds).toEqual([]);
  });

  it('stands in the run, for people and programs', async () => {
    const id = String(await newestRun());
    const shown = await bridge('run', 'show', id, '--lines');
    expect(shown.out).toContain('held: the first send to this account');
    const { holds } = JSON.parse((await bridge('run', 'show', id, '--json')).out) as { holds: object[] };
    expect(holds).toMatchObject([{ kind: 'first-send', state: 'held', heldNow: 6 }]);
  });

  it('is sent by a release, which ends with 0 when nothing more is held', async () => {
    const id = await newestRun();
    const released = await bridge('run', 'release', String(id), '--json');
    expect(released.code, released.err).toBe(0);
    const { run } = JSON.parse(released.out) as { run: { id: number; totals: object } };
    expect(run).toMatchObject({ id: id + 1, totals: { held: 0, feeds: 2 } });
    expect(listed.amazon.feeds.map((feed) => feed.messageType)).toEqual(['Price', 'Inventory']);
    const shown = await bridge('run', 'show', String(id));
    expect(shown.out).toContain('released by cli');
  });

  it('is nothing where nothing is held, and that is wrong use', async () => {
    const id = String(await newestRun());
    for (const decision of ['release', 'discard']) {
      expect(await bridge('run', decision, id)).toMatchObject({ code: 2, err: expect.stringContaining('nothing is') });
      expect(await bridge('run', decision, '9999')).toMatchObject({ code: 2 });
    }
  });

  it('shows with its SKU, and is left alone by a discard', async () => {
    const id = await newestRun();
    const hold = {
      run_id: id,
      account_id: listed.account.id,
      kind: 'price',
      line_count: 1,
      state: 'held',
      created_at_ms: 0,
    };
    const [holdId] = await database.db('hold').insert(hold);
    await database.db('held_line').insert({
      account_id: listed.account.id,
      sku: BOARD.sku,
      marketplace_id: listed.marketplace.id,
      part: 'price',
      hold_id: holdId,
      shop_id: 1,
      product_id: BOARD.id,
      is_deletion: 0,
      value: '99.00|EUR',
      value_before: '20.00|EUR',
      state: 'held',
    });
    const shown = await bridge('listing', 'show', BOARD.sku);
    expect(shown.out).toContain(`Held by run ${id}: ${BOARD.sku} FR price: 20.00 EUR → 99.00 EUR.`);
    const discarded = await bridge('run', 'discard', String(id));
    expect(discarded).toMatchObject({ code: 0, out: expect.stringContaining('Amazon keeps its values until') });
    expect((await bridge('listing', 'show', BOARD.sku)).out).not.toContain('Held by run');
  });
});
