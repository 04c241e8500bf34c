import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createSealer } from '../../../../src/core/sealed-text.js';
import { AccountService } from '../../../../src/features/accounts/account-service.js';
import { SettingService } from '../../../../src/features/settings/setting-service.js';
import { type SetupItem, SetupService, SIMULATOR_ACCOUNT } from '../../../../src/features/setup/setup-service.js';
import { Audit } from '../../../../src/features/users/audit.js';
import type { Shop } from '../../../../src/shop/catalogue.js';
import { openDemoShop } from '../../../../src/shop/demo-shop/open-demo-shop.js';
import { HandClock } from '../../../support/hand-clock.js';
import { noSettingEffects, offerMarksOn } from '../../../support/offer-marks.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

describeEachDatabase('Setting up the embedded default', (_name, open) => {
  let database: TestDatabase;
  let folder = '';
  let shop: Shop;
  let accounts: AccountService;
  let settings: SettingService;
  let setup: SetupService;
  let setupOf: (ofShop: Shop) => SetupService;
  let seeds: { sellerId: string; countries: readonly string[]; items: readonly SetupItem[] }[];
  const clock = new HandClock();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'feedbridge-setup-'));
    shop = await openDemoShop({ file: join(folder, 'demo-shop.sqlite'), now: new Date(clock.nowMs()) });
    return async () => {
      await shop.close();
      await rm(folder, { recursive: true, force: true });
    };
  });
  beforeEach(async () => {
    database = await open();
    const { db } = database;
    const audit = new Audit(db, clock);
    accounts = new AccountService(db, {
      clock,
      audit,
      sealer: createSealer([randomBytes(32)]),
      marks: offerMarksOn(db),
    });
    settings = new SettingService(db, { clock, audit, effects: noSettingEffects });
    seeds = [];
    const seller = {
      secrets: () => ({ clientId: 'c', clientSecret: 's', refreshToken: 'r' }),
      seed: (seed: Omit<(typeof seeds)[number], 'countries'> & { marketplaces: readonly { country: string }[] }) => {
        seeds.push({ ...seed, countries: seed.marketplaces.map((one) => one.country) });
        return Promise.resolve(seeds.length === 1 ? 17 : 0);
      },
    };
    setupOf = (ofShop) => new SetupService({ clock, shop: ofShop, accounts, settings, seller });
    setup = setupOf(shop);
  });
  afterEach(() => database.drop());
  const sending = async () => {
    const { id } = await accounts.byName(SIMULATOR_ACCOUNT);
    return settings.get('sending', { kind: 'account', accountId: id });
  };
  const tables = async () =>
    JSON.stringify(
      await Promise.all(['account', 'marketplace', 'setting', 'audit', 'shop'].map((name) => database.db(name))),
    );

  it('makes the simulator’s account with its marketplaces, and allows sending to it', async () => {
    const { account, marketplaces, created, listed } = await setup.setUp('cli');
    expect(account).toMatchObject({
      name: SIMULATOR_ACCOUNT,
      simulator: true,
      feedFormat: 'xml',
      sellerId: 'SIMULATED1',
    });
    expect(marketplaces.map((one) => `${one.country} ${one.active}`)).toEqual([
      'DE true',
      'ES true',
      'FR true',
      'IT true',
      'UK true',
    ]);
    expect([created, listed]).toEqual([true, 17]);
    expect(await sending()).toBe(true);
  });

  it('leaves a marketplace off whose currency the shop lacks, and says so', async () => {
    const catalogue = shop.catalogue(1);
    const context = { ...(await catalogue.context()), currencies: [{ iso: 'EUR', decimals: 2 }] };
    const batches = catalogue.batches.bind(catalogue);
    const euroOnly = {
      ...shop,
      shopIds: [1],
      catalogue: () => ({ ...catalogue, batches, context: async () => context }),
    };
    const { marketplaces } = await setupOf(euroOnly).setUp('cli');
    expect(marketplaces.filter((one) => !one.active)).toMatchObject([
      { country: 'UK', inactiveReason: expect.stringContaining('no currency GBP') },
    ]);
  });

  it('gives the simulated Amazon what the shop offers, with SKUs that Amazon would take', async () => {
    await setup.setUp('cli');
    const [seed] = seeds;
    expect(seed).toMatchObject({ sellerId: 'SIMULATED1', countries: ['DE', 'ES', 'FR', 'IT', 'UK'] });
    expect(seed?.items.length).toBeGreaterThan(200);
    for (const item of seed?.items ?? []) {
      expect(item.sku).toMatch(/^\S(.{0,38}\S)?$/);
      expect(item.price).toMatch(/^\d+\.\d\d$/);
      expect(item.quantity).toBeGreaterThanOrEqual(0);
      expect(item.title).not.toBe('');
    }
  });

  it('changes nothing the second time', async () => {
    await setup.setUp('cli');
    const before = await tables();
    expect(await setup.setUp('cli')).toMatchObject({ created: false, listed: 0 });
    expect(await tables()).toBe(before);
  });

  it('leaves sending off where a person switched it off', async () => {
    const { account } = await setup.setUp('cli');
    await settings.set('sending', 'off', { kind: 'account', accountId: account.id }, { actor: 'ann' });
    await setup.setUp('cli');
    expect(await sending()).toBe(false);
  });

  it('finishes what was cut short after the account was made', async () => {
    await setup.setUp('cli');
    await database.db('setting').delete();
    await setup.setUp('cli');
    expect(await sending()).toBe(true);
  });
});
