import type { CurrencyRow } from '../prestashop-database/currencies-reader.js';
import type { ShopLanguage } from '../prestashop-database/languages-reader.js';
import {
  type ConfigurationRow,
  configurationOf,
  SHOP_SETTINGS,
  type ShopConfiguration,
} from '../prestashop-database/shop-configuration.js';
import { ShopContextUnknown, ShopSettingMissing } from '../prestashop-database/shop-errors.js';
import { groundOf, type ShopGround } from '../prestashop-database/shop-ground.js';
import type { ShopIdentity } from '../prestashop-database/shop-identity.js';
import { alternatives, readList } from './list-records.js';
import type { ShopFields } from './shop-fields.js';
import type { WebserviceClient } from './webservice-client.js';

/** How one shop context is read: the connection, the context, and what this version of the shop has. */
export interface WebserviceReading {
  readonly client: WebserviceClient;
  readonly shopId: number;
  readonly fields: ShopFields;
}

/**
 * Reads one shop context with its settings, languages and currencies.
 *
 * @throws ShopContextUnknown, ShopSettingMissing, UnknownTimeZone, and the errors of the Webservice
 */
export async function readWebserviceGround(reading: WebserviceReading): Promise<ShopGround> {
  const identity = await readIdentity(reading);
  const configuration = configurationOf(await readConfiguration(reading, SHOP_SETTINGS), identity);
  const languages = await readLanguages(reading);
  const currencies = await readCurrencies(reading, configuration);
  return groundOf({ identity, configuration, languages, currencies });
}

async function readIdentity(reading: WebserviceReading): Promise<ShopIdentity> {
  return { ...(await readStockIdentity(reading)), ...(await readAddress(reading)) };
}

/**
 * Reads which stock rows are a shop context's own.
 *
 * @throws ShopContextUnknown, ShopSettingMissing: a group that is not shown must not pass for one that shares nothing
 */
export async function readStockIdentity({
  client,
  shopId,
}: Pick<WebserviceReading, 'client' | 'shopId'>): Promise<
  Pick<ShopIdentity, 'shopId' | 'shopGroupId' | 'name' | 'sharesStock'>
> {
  const shops = await readList(client, { resource: 'shops', shopId, display: ['id_shop_group', 'name', 'deleted'] });
  const present = shops.filter((shop) => !shop.flag('deleted'));
  const shop = present.find(({ id }) => id === shopId);
  if (shop === undefined) throw new ShopContextUnknown({ shopId, known: present.map(({ id }) => id) });
  const groups = await readList(client, { resource: 'shop_groups', shopId, display: ['share_stock'] });
  const group = groups.find(({ id }) => id === shop.integer('id_shop_group'));
  if (group === undefined) throw new ShopSettingMissing({ shopId, setting: 'shop group' });
  return { shopId, shopGroupId: group.id, name: shop.text('name'), sharesStock: group.flag('share_stock') };
}

async function readAddress({
  client,
  shopId,
}: Pick<WebserviceReading, 'client' | 'shopId'>): Promise<
  Pick<ShopIdentity, 'plainAddress' | 'secureAddress' | 'physicalPath'>
> {
  const display = ['id_shop', 'main', 'active', 'domain', 'domain_ssl', 'physical_uri', 'virtual_uri'];
  const urls = await readList(client, { resource: 'shop_urls', shopId, display });
  const own = urls.filter((url) => url.integer('id_shop') === shopId && url.flag('main'));
  const url = own.find((one) => one.flag('active')) ?? own[0];
  if (url === undefined) throw new ShopSettingMissing({ shopId, setting: 'main shop URL' });
  const physicalPath = url.text('physical_uri');
  const path = physicalPath + url.text('virtual_uri');
  return {
    plainAddress: `${url.text('domain')}${path}`,
    secureAddress: `${url.text('domain_ssl') || url.text('domain')}${path}`,
    physicalPath,
  };
}

/** Reads the rows of some settings for whatever shops; only these, since the table also holds passwords. */
export async function readConfiguration(
  { client, shopId }: Pick<WebserviceReading, 'client' | 'shopId'>,
  names: readonly string[],
): Promise<readonly ConfigurationRow[]> {
  const display = ['name', 'value', 'id_shop', 'id_shop_group'];
  const rows: ConfigurationRow[] = [];
  for (const name of alternatives(names))
    for (const row of await readList(client, { resource: 'configurations', shopId, display, filters: { name } }))
      rows.push({
        name: row.text('name'),
        value: row.text('value'),
        shopId: row.integer('id_shop'),
        shopGroupId: row.integer('id_shop_group'),
      });
  return rows;
}

async function readLanguages({ client, shopId }: WebserviceReading): Promise<readonly ShopLanguage[]> {
  const rows = await readList(client, { resource: 'languages', shopId, display: ['iso_code', 'active'] });
  return rows.map((row) => ({
    id: row.id,
    iso: row.text('iso_code').toLowerCase(),
    active: row.flag('active'),
  }));
}

const MOST_DECIMALS = 6;
/** Where PS_PRICE_DISPLAY_PRECISION was never saved. */
const DISPLAY_PRECISION = 2;

/** Rates are those of the shop that is asked (`id_shop`). */
async function readCurrencies(
  { client, shopId, fields }: WebserviceReading,
  configuration: ShopConfiguration,
): Promise<readonly CurrencyRow[]> {
  const display = ['iso_code', 'conversion_rate', 'active', 'deleted'];
  if (fields.currencyPrecision) display.push('precision');
  const rows = await readList(client, { resource: 'currencies', shopId, display });
  const otherwise = configuration.integer('PS_PRICE_DISPLAY_PRECISION', DISPLAY_PRECISION);
  return rows
    .filter((row) => row.flag('active') && !row.flag('deleted'))
    .map((row) => ({
      id: row.id,
      iso: row.text('iso_code').toUpperCase(),
      decimals: Math.min(Math.max(fields.currencyPrecision ? row.integer('precision') : otherwise, 0), MOST_DECIMALS),
      rate: row.decimal('conversion_rate'),
    }));
}
