import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Account, Marketplace } from '../../../src/features/accounts/account.js';
import { parseExportOptions } from '../../../src/features/export/export-options.js';
import { accountFrame, shopFrame } from '../../../src/features/export/plan/account-frame.js';
import type { PreparedItem } from '../../../src/features/export/plan/prepare-items.js';
import type { SettingSource } from '../../../src/features/settings/loaded-settings.js';
import { definitionOf, type SettingName, settingNames } from '../../../src/features/settings/setting-definitions.js';
import type { SettingScope } from '../../../src/features/settings/setting-scope.js';
import { prepareBatch } from '../../../src/features/sweep/prepare-batch.js';
import type { CatalogueItem } from '../../../src/shop/catalogue.js';
import { addSeller, type ExportProgram, openDemoOffice, openExportProgram } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

/** Another value of each setting, by which the demo shop's offers differ if they can. A new setting must say its own here. */
const SECOND_VALUES: Readonly<Record<SettingName, string>> = {
  sending: 'on',
  'shop-writes': 'on',
  'products-per-claim': '7',
  'max-document-age-ms': '60000',
  'held-zeroings-go-after': '30',
  'low-disk-mib': '10',
  'keep-documents-days': '30',
  'keep-run-logs-days': '30',
  'keep-unchanged-log-lines-days': '3',
  'export-cadence': '*/7 * * * *',
  'fetch-reports-cadence': '*/2 * * * *',
  'keep-latencies-days': '30',
  'stock-sweep-cadence': '*/3 * * * *',
  'sweep-cadence': '*/20 * * * *',
  'sku-source': 'ids',
  reserve: '1',
  cap: '1',
  'fixed-quantity': '3',
  preorder: 'on',
  'handling-time': '2',
  parts: 'offer,price',
  categories: '3',
  'excluded-manufacturers': '1,2,3',
  'excluded-suppliers': '1,2,3',
  'price-filter-from': '20',
  'price-filter-to': '20',
  'refuse-hidden': 'on',
  'condition-map': 'new=UsedGood',
  'customer-group': '3',
  'tax-country': 'DE',
  'fixed-rate': '11.25',
  'price-rules': '0-:+10%',
  rounding: 'one-digit',
  'attractive-ending': '95',
  'minimum-price': '20',
  'maximum-price': '20',
  'refuse-below-cost': 'on',
  language: 'en',
  'foreign-language': 'on',
  'browse-node': '1571271031',
  'shipping-template': 'Heavy',
  'product-tax-code': 'A_GEN_STANDARD',
};

/** What the second values differ from: with these every setting has something to change. */
const BASE: Partial<Record<SettingName, string>> = {
  parts: 'offer,price,quantity,metadata,images',
  rounding: 'attractive',
};
const everywhere: SettingScope = { kind: 'global' };
const by = { actor: 'test', confirmed: true };

/** Keys "account/country product". */
type Offers = ReadonlyMap<string, string>;

describeEachDatabase('every setting that enters a verdict or an offer marks what it can change:', (_, open) => {
  let database: TestDatabase;
  let shop: ExportProgram;
  let seller: Account;
  let all: readonly Marketplace[] = [];
  let base: Offers;
  beforeAll(async () => {
    database = await open();
    shop = await openExportProgram({ databaseUrl: database.url });
    const { program } = shop;
    const forced = { shopId: 1, productId: 1, combinationId: 0, marketplaceId: 0 };
    await program.options.set(forced, { name: 'force-in-stock', text: 'yes' }, 'test');
    // The shop has no kronor: only a fixed rate gives a price there.
    ({ account: seller } = await addSeller(shop, { countries: ['FR', 'DE', 'SE'] }));
    await addSeller(shop, { name: 'other', countries: ['FR'] });
    for (const [name, text] of Object.entries(BASE)) await program.settings.set(name, text, everywhere, by);
    for (const { id } of await program.accounts.marketplaces())
      await program.accounts.setActive(id, { active: true, reason: '' }, 'test');
    all = await program.accounts.marketplaces();
    await program.sweep.sweep();
    base = await computed(program.settings);
  }, 60_000);
  beforeEach(async () => {
    await database.db('queue').delete();
  });
  afterAll(async () => {
    await shop?.close();
    await database?.drop();
  });

  /** What every account's offers come to with some settings, by marketplace and product. */
  const computed = async (settings: SettingSource): Promise<Offers> => {
    const offers = new Map<string, string>();
    const { program, clock } = shop;
    const catalogue = program.shop.catalogue(1);
    for (const account of await program.accounts.list()) {
      const known = await accountFrame(account, new Set(all.map((one) => one.id)), { ...program, settings });
      if (known === null) continue;
      const frame = shopFrame(known, await catalogue.context(), parseExportOptions({}), clock);
      for await (const batch of catalogue.batches({ ...frame.query, selection: { kind: 'all' } }))
        for (const item of await prepareBatch(batch, frame, program)) addOffers(item, offers);
    }
    return offers;
  };
  const marked = async (): Promise<ReadonlySet<string>> => {
    const rows = await database.db('queue').where({ action: 'update' }).select('marketplace_id', 'product_id');
    await database.db('queue').delete();
    const names = new Map(all.map((one) => [one.id, nameOf(one)]));
    return new Set(rows.map((row) => `${names.get(Number(row.marketplace_id))} ${row.product_id}`));
  };
  /** The one on which a setting is tried alone. */
  const marketplaceFor = (name: SettingName) => {
    const wanted = name === 'fixed-rate' ? 'seller/SE' : 'seller/FR';
    const found = all.find((one) => nameOf(one) === wanted);
    if (found === undefined) throw new Error(`Expected the marketplace ${wanted}.`);
    return found;
  };
  const scopeOf = (kind: SettingScope['kind'], name: SettingName): SettingScope => {
    if (kind === 'global') return everywhere;
    if (kind === 'account') return { kind, accountId: seller.id };
    return { kind, marketplaceId: marketplaceFor(name).id, accountId: seller.id };
  };
  /** Where marks are to be. */
  const placesOf = (kind: SettingScope['kind'], name: SettingName) => {
    const { reach } = definitionOf(name).offers;
    if (reach === 'nothing') return [];
    if (kind === 'global') return all.map(nameOf).sort();
    if (kind === 'marketplace' && reach === 'marketplace') return [nameOf(marketplaceFor(name))];
    return all
      .filter((one) => one.accountId === seller.id)
      .map(nameOf)
      .sort();
  };
  /** Takes the second value back. */
  const restore = (name: SettingName, scope: SettingScope) => {
    const text = scope.kind === 'global' ? BASE[name] : undefined;
    const { settings } = shop.program;
    return text === undefined ? settings.unset(name, scope, by) : settings.set(name, text, scope, by);
  };

  it.each(settingNames)('%s', { timeout: 60_000 }, async (name) => {
    const entersOffers = definitionOf(name).offers.reach !== 'nothing';
    for (const kind of definitionOf(name).scopes) {
      const scope = scopeOf(kind, name);
      const { settings } = shop.program;
      const wanted = await settings.plan(name, SECOND_VALUES[name], scope);
      const changed = differences(base, await computed(wanted.after));
      expect(changed.length > 0, 'offers are other ones').toBe(entersOffers);
      for (const change of [() => settings.set(name, SECOND_VALUES[name], scope, by), () => restore(name, scope)]) {
        const { marked: told } = await change();
        const marks = await marked();
        expect(
          changed.filter((key) => !marks.has(key)),
          'changed and not marked',
        ).toEqual([]);
        expect(placesIn(marks)).toEqual(placesOf(kind, name));
        expect(told.marks).toBe(marks.size);
      }
    }
  });

  it('a stop on one marketplace that gives another item its SKU on the others', { timeout: 60_000 }, async () => {
    const { heir, rival } = await makeRivals();
    const scope = scopeOf('marketplace', 'excluded-manufacturers');
    const { settings } = shop.program;
    const before = await computed(settings);
    await settings.set('excluded-manufacturers', String(rival.manufacturerId), scope, by);
    const changed = differences(before, await computed(settings));
    expect(changed).toContain(`seller/DE ${heir.productId}`);
    const marks = await marked();
    expect(changed.filter((key) => !marks.has(key))).toEqual([]);
    await settings.unset('excluded-manufacturers', scope, by);
    await database.db('queue').delete();
  });

  it('a marketplace that is switched off or on, also what it changes on the others', { timeout: 60_000 }, async () => {
    const { settings, accounts } = shop.program;
    const { id } = marketplaceFor('rounding');
    const before = await computed(settings);
    for (const active of [false, true]) {
      const told = await accounts.setActive(id, { active, reason: 'The test wants it off.' }, 'test');
      const changed = differences(before, await computed(settings));
      const marks = await marked();
      const here = changed.filter((key) => !key.startsWith('seller/FR '));
      if (!active) expect(here.length).toBeGreaterThan(0);
      expect(here.filter((key) => !marks.has(key))).toEqual([]);
      expect(placesIn(marks)).toEqual(active ? ['seller/DE', 'seller/FR', 'seller/SE'] : ['seller/DE', 'seller/SE']);
      expect(told.marks).toBe(marks.size);
    }
  });

  /** Two items of one SKU, of which the rival is sold in France alone. */
  const makeRivals = async () => {
    const query = {
      selection: { kind: 'all' },
      priceViews: [],
      textLanguages: [],
      withImages: false,
      atMs: 0,
    } as const;
    const simple: CatalogueItem[] = [];
    for await (const batch of shop.program.shop.catalogue(1).batches(query))
      simple.push(...batch.items.filter((one) => one.combinationId === 0 && one.active && one.reference !== ''));
    const [heir] = simple;
    const rival = simple.find((one) => one.manufacturerId !== heir?.manufacturerId && one.manufacturerId > 0);
    if (heir === undefined || rival === undefined) throw new Error('Expected simple products of two manufacturers.');
    const office = await openDemoOffice(shop);
    await office.renameReference(rival.productId, 0, heir.reference);
    await office.end();
    for (const { id } of all.filter((one) => one.accountId === seller.id && one.country !== 'FR')) {
      const subject = { shopId: 1, productId: rival.productId, combinationId: 0, marketplaceId: id };
      await shop.program.options.set(subject, { name: 'disabled', text: 'yes' }, 'test');
    }
    await database.db('queue').delete();
    return { heir, rival };
  };
});

function nameOf({ accountName, country }: Marketplace): string {
  return `${accountName}/${country}`;
}

function placesIn(keys: Iterable<string>): readonly string[] {
  return [...new Set([...keys].map((key) => key.split(' ')[0] ?? ''))].sort();
}

function addOffers(prepared: PreparedItem, offers: Map<string, string>): void {
  const { item, sku, skuFault, quantity } = prepared;
  for (const { frame, offer } of prepared.offers) {
    const key = `${nameOf(frame.marketplace)} ${item.productId}`;
    const text = JSON.stringify([sku, skuFault, quantity, offer, [...frame.parts]], (_key, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    offers.set(key, `${offers.get(key) ?? ''}\n${text}`);
  }
}

function differences(before: Offers, after: Offers): readonly string[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].filter((key) => before.get(key) !== after.get(key));
}
