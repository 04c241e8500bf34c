import { readRows } from '../../db/read-rows.js';
import { integerOf, textOf } from './read-cell.js';
import type { ShopIdentity, ShopReading } from './shop-identity.js';

/** Every setting of a shop that is read. */
export const SHOP_SETTINGS = [
  'PS_COUNTRY_DEFAULT',
  'PS_CURRENCY_DEFAULT',
  'PS_ECOTAX_TAX_RULES_GROUP_ID',
  'PS_GROUP_FEATURE_ACTIVE',
  'PS_LANG_DEFAULT',
  'PS_LEGACY_IMAGES',
  'PS_MEDIA_SERVER_1',
  'PS_ORDER_OUT_OF_STOCK',
  'PS_PACK_STOCK_TYPE',
  'PS_PRICE_DISPLAY_PRECISION',
  'PS_PRICE_ROUND_MODE',
  'PS_REWRITING_SETTINGS',
  'PS_SPECIFIC_PRICE_FEATURE_ACTIVE',
  'PS_SPECIFIC_PRICE_PRIORITIES',
  'PS_SSL_ENABLED',
  'PS_STOCK_MANAGEMENT',
  'PS_TAX',
  'PS_TIMEZONE',
  'PS_UNIDENTIFIED_GROUP',
] as const;

export type ShopSetting = (typeof SHOP_SETTINGS)[number];

/** The settings of one shop context; one that the shop never saved is empty. */
export interface ShopConfiguration {
  text(setting: ShopSetting): string;
  integer(setting: ShopSetting, otherwise: number): number;
  flag(setting: ShopSetting): boolean;
}

/**
 * Reads the settings that count for one shop: its own row, else its group's, else the one for all shops.
 *
 * @source PrestaShop classes/Configuration.php (measured facts, section 1)
 */
export async function readShopConfiguration(reading: ShopReading, identity: ShopIdentity): Promise<ShopConfiguration> {
  const rows = await readRows(
    reading.db,
    `SELECT name, value, id_shop, id_shop_group FROM ${reading.table('configuration')}
     WHERE name IN (${SHOP_SETTINGS.map((name) => `'${name}'`).join(', ')})`,
  );
  return configurationOf(
    rows.map(([name, value, shop, group]) => ({
      name: textOf(name),
      value: textOf(value),
      shopId: integerOf(shop),
      shopGroupId: integerOf(group),
    })),
    identity,
  );
}

/** One row of ps_configuration; 0 in an id means none. */
export interface ConfigurationRow {
  readonly name: string;
  readonly value: string;
  readonly shopId: number;
  readonly shopGroupId: number;
}

/** The settings that count for one shop, of rows for whatever shops. */
export function configurationOf(rows: readonly ConfigurationRow[], identity: ShopIdentity): ShopConfiguration {
  const best = new Map<string, { value: string; closeness: number }>();
  for (const { name, value, shopId, shopGroupId } of rows) {
    const closeness = closenessOf(shopId, shopGroupId, identity);
    if (closeness > (best.get(name)?.closeness ?? 0)) best.set(name, { value, closeness });
  }
  const text = (setting: ShopSetting) => best.get(setting)?.value.trim() ?? '';
  return {
    text,
    integer: (setting, otherwise) => (/^-?\d+$/.test(text(setting)) ? Number(text(setting)) : otherwise),
    flag: (setting) => text(setting) === '1',
  };
}

/** 3 this shop, 2 its group, 1 all shops, 0 somebody else's. */
function closenessOf(shopId: number, groupId: number, identity: ShopIdentity): number {
  if (shopId !== 0) return shopId === identity.shopId ? 3 : 0;
  if (groupId !== 0) return groupId === identity.shopGroupId ? 2 : 0;
  return 1;
}
