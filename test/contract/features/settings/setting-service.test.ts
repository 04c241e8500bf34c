import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { NOTHING_MARKED } from '../../../../src/features/queue/offer-marks.js';
import type { SettingChange } from '../../../../src/features/settings/setting-change.js';
import type { SettingScope } from '../../../../src/features/settings/setting-scope.js';
import { type AffectedAccounts, SettingService } from '../../../../src/features/settings/setting-service.js';
import { Audit } from '../../../../src/features/users/audit.js';
import { describeEachDatabase, type TestDatabase } from '../../../support/test-databases.js';

const everywhere: SettingScope = { kind: 'global' };
const account: SettingScope = { kind: 'account', accountId: 1 };
const france: SettingScope = { kind: 'marketplace', marketplaceId: 5, accountId: 1 };
const spain: SettingScope = { kind: 'marketplace', marketplaceId: 6, accountId: 1 };
const anna = { actor: 'anna' };
const MARKED = { products: 3, marks: 6 };

describeEachDatabase('A setting', (_name, open) => {
  let database: TestDatabase;
  let audit: Audit;
  let settings: SettingService;
  let listings = 0;
  let asked: AffectedAccounts[] = [];
  let changes: SettingChange[] = [];
  let turns = 0;
  beforeAll(async () => {
    database = await open();
    const clock = { nowMs: () => 9_000 };
    audit = new Audit(database.db, clock);
    const effects = {
      takeTurn: () => {
        turns += 1;
        return Promise.resolve();
      },
      countListings: (accounts: AffectedAccounts) => {
        asked.push(accounts);
        return Promise.resolve(listings);
      },
      offersChanged: (change: SettingChange) => {
        changes.push(change);
        const { name, scope, after } = change;
        return after.find(name, scope).text === '13'
          ? Promise.reject(new Error('cannot mark'))
          : Promise.resolve(MARKED);
      },
    };
    settings = new SettingService(database.db, { clock, audit, effects });
  });
  beforeEach(async () => {
    listings = 0;
    asked = [];
    changes = [];
    turns = 0;
    await database.db('setting').delete();
    await database.db('audit').delete();
  });
  afterAll(() => database.drop());

  it('holds where it was given, and in every narrower place that says nothing', async () => {
    await settings.set('minimum-price', '1.00', everywhere, anna);
    await settings.set('minimum-price', '2', account, anna);
    await settings.set('minimum-price', '3', france, anna);
    const texts = [];
    for (const scope of [france, spain, everywhere]) texts.push(await settings.show('minimum-price', scope));
    expect(texts).toMatchObject([
      { text: '3', origin: 'marketplace' },
      { text: '2', origin: 'account' },
      { text: '1', origin: 'global' },
    ]);
  });

  it('read through the service is a value, not a text', async () => {
    await settings.set('sending', 'on', account, anna);
    expect(await settings.get('sending', spain)).toBe(true);
    expect(await settings.get('sending', { kind: 'account', accountId: 2 })).toBe(false);
    expect(await settings.get('products-per-claim', everywhere)).toBe(2_000);
  });

  it('falls back to the wider one when it is taken away', async () => {
    await settings.set('cap', '5', everywhere, anna);
    await settings.set('cap', '9', account, anna);
    expect(await settings.unset('cap', account, anna)).toMatchObject({ text: '5', origin: 'global' });
    expect(await settings.unset('cap', everywhere, anna)).toMatchObject({ text: 'none', origin: 'default' });
  });

  it('is kept in its one way of writing', async () => {
    const view = await settings.set('price-rules', ' 0-50: +10.0% ; 50-: +2.00', france, anna);
    expect(view).toMatchObject({ text: '0-50:+10%;50-:+2', origin: 'marketplace' });
  });

  it('is listed with all others, their defaults and what they mean', async () => {
    await settings.set('rounding', 'attractive', account, anna);
    const list = await settings.list(france);
    expect(list.find((one) => one.name === 'rounding')).toMatchObject({ text: 'attractive', origin: 'account' });
    expect(list.find((one) => one.name === 'sku-source')).toMatchObject({
      text: 'reference',
      origin: 'default',
      form: 'one of reference, supplier-reference, ean13, ids',
      scopes: ['global', 'account'],
    });
  });

  it('is refused by an unknown name, a place it cannot have, or a text it does not take', async () => {
    await expect(settings.set('sending-', 'on', account, anna)).rejects.toThrow('Did you mean sending?');
    await expect(settings.show('nonsense-here', account)).rejects.toMatchObject({ code: 'SETTING_UNKNOWN' });
    await expect(settings.set('sku-source', 'ids', france, anna)).rejects.toThrow(
      'sku-source cannot be set for one marketplace (--marketplace ACCOUNT/COUNTRY), only for everything or for one account (--account NAME).',
    );
    await expect(settings.unset('sending', everywhere, anna)).rejects.toMatchObject({ code: 'SETTING_SCOPE_REFUSED' });
    await expect(settings.set('cap', 'many', account, anna)).rejects.toThrow(
      'Expected cap to be a whole number from 0 to 99999999, or "none"; got "many".',
    );
    expect(await database.db('setting')).toEqual([]);
    expect(await audit.list({ limit: 1 })).toEqual([]);
  });

  it('changed by a person is in the audit with what held before and after', async () => {
    await settings.set('reserve', '2', account, anna);
    await settings.unset('reserve', account, { actor: 'berta' });
    expect(await audit.list({ limit: 9 })).toMatchObject([
      { actor: 'berta', action: 'setting-unset', subject: 'reserve (account 1)', details: { before: '2', after: '0' } },
      { actor: 'anna', action: 'setting-set', subject: 'reserve (account 1)', details: { before: '0', after: '2' } },
    ]);
  });

  it('that enters offers tells so when its value changes, and only then', async () => {
    const marked = [];
    marked.push((await settings.set('reserve', '2', account, anna)).marked);
    marked.push((await settings.set('reserve', '02', account, anna)).marked);
    marked.push((await settings.set('products-per-claim', '10', everywhere, anna)).marked);
    expect(marked).toEqual([MARKED, NOTHING_MARKED, NOTHING_MARKED]);
    const told = changes.map(({ name, scope, before, after }) => ({
      name,
      scope,
      texts: [before.find(name, scope).text, after.find(name, scope).text],
    }));
    expect(told).toEqual([{ name: 'reserve', scope: account, texts: ['0', '2'] }]);
  });

  it('that enters offers lets nobody else write marks from before it reads, others do not', async () => {
    await settings.set('reserve', '2', account, anna);
    expect(turns).toBe(1);
    await settings.set('products-per-claim', '10', everywhere, anna);
    await settings.plan('reserve', '3', account);
    expect(turns).toBe(1);
  });

  it('that is only planned is checked and compared, and stays as it is', async () => {
    const { before, after } = await settings.plan('cap', ' 07 ', account);
    expect([before, after].map((one) => one.get('cap', spain))).toEqual([null, 7]);
    expect(await settings.get('cap', account)).toBeNull();
    await settings.set('cap', '5', account, anna);
    expect((await settings.plan('cap', null, account)).after.get('cap', spain)).toBeNull();
    await expect(settings.plan('cap', 'many', account)).rejects.toMatchObject({ code: 'SETTING_VALUE_REFUSED' });
    expect(changes).toHaveLength(1);
  });

  it('is not changed when what follows from it fails', async () => {
    await expect(settings.set('cap', '13', account, anna)).rejects.toThrow('cannot mark');
    expect(await settings.show('cap', account)).toMatchObject({ origin: 'default' });
    expect(await audit.list({ limit: 1 })).toEqual([]);
  });

  it('naming the SKU source asks for a second word while listings exist', async () => {
    listings = 41;
    await expect(settings.set('sku-source', 'ids', account, anna)).rejects.toMatchObject({
      code: 'SKU_SOURCE_IN_USE',
      status: 400,
      message: expect.stringContaining('41 listings'),
    });
    expect(await settings.get('sku-source', account)).toBe('reference');
    await settings.set('sku-source', 'reference', account, anna);
    await settings.set('sku-source', 'ids', account, { ...anna, confirmed: true });
    expect(await settings.get('sku-source', account)).toBe('ids');
    await expect(settings.unset('sku-source', account, anna)).rejects.toMatchObject({ code: 'SKU_SOURCE_IN_USE' });
    expect(asked).toEqual([{ only: 1 }, { only: 1 }]);
  });

  it('naming the SKU source for all asks only about accounts without their own', async () => {
    await settings.set('sku-source', 'ids', { kind: 'account', accountId: 3 }, anna);
    asked = [];
    await settings.set('sku-source', 'ean13', everywhere, anna);
    expect(asked).toEqual([{ allBut: [3] }]);
  });

  it('can be set inside a transaction that is given up', async () => {
    const failing = database.db.transaction(async (transaction) => {
      await settings.on(transaction).set('cap', '4', account, anna);
      throw new Error('given up');
    });
    await expect(failing).rejects.toThrow('given up');
    expect(await settings.get('cap', account)).toBeNull();
  });

  it('is read once for a whole run, whatever changes meanwhile', async () => {
    const loaded = await settings.load();
    await settings.set('cap', '4', account, anna);
    expect(loaded.get('cap', account)).toBeNull();
    expect(await settings.get('cap', account)).toBe(4);
  });
});
