import { DEMO_TIME_ZONE, type SeedDay } from '../seed-day.js';
import { HOME_CATEGORY, ROOT_CATEGORY } from '../words/categories.js';
import { CURRENCY_IDS } from './currency-rows.js';
import { DEMO_SHOP_GROUP_ID, DEMO_SHOP_IDS, type DemoRow, type DemoTables, flag } from './demo-row.js';
import { DEFAULT_LANGUAGE_ID } from './language-rows.js';
import { FRANCE_ID, TAX_GROUP_IDS } from './tax-rows.js';

/** The configuration row that says the seeding is complete; its value is the edition of the catalogue. */
export const SEEDED_MARK = 'FEEDBRIDGE_DEMO_CATALOGUE';
const SEEDED_EDITION = '1';

/** Customer groups as PrestaShop installs them, and one for companies. */
const GROUPS = { visitor: 1, guest: 2, customer: 3, business: 4 } as const;
/** Percent that companies get. */
const BUSINESS_REDUCTION = '7.50';

const DOMAIN = 'demo-shop.example';

/** Every setting of the shop that enters an offer, by PrestaShop's names. */
const configuration: Readonly<Record<string, string | null>> = {
  PS_VERSION_DB: '8.2.1',
  PS_SHOP_NAME: 'Maison Demo',
  PS_SHOP_DEFAULT: '1',
  PS_MULTISHOP_FEATURE_ACTIVE: '1',
  PS_TIMEZONE: DEMO_TIME_ZONE,
  PS_LANG_DEFAULT: String(DEFAULT_LANGUAGE_ID),
  PS_CURRENCY_DEFAULT: String(CURRENCY_IDS.EUR),
  PS_COUNTRY_DEFAULT: String(FRANCE_ID),
  PS_SSL_ENABLED: '1',
  PS_SSL_ENABLED_EVERYWHERE: '1',
  PS_REWRITING_SETTINGS: '1',
  PS_LEGACY_IMAGES: '0',
  PS_MEDIA_SERVER_1: null,
  PS_MEDIA_SERVER_2: null,
  PS_MEDIA_SERVER_3: null,
  PS_STOCK_MANAGEMENT: '1',
  PS_ORDER_OUT_OF_STOCK: '0',
  PS_PACK_STOCK_TYPE: '0',
  PS_TAX: '1',
  PS_USE_ECOTAX: '1',
  PS_ECOTAX_TAX_RULES_GROUP_ID: String(TAX_GROUP_IDS.standard),
  PS_PRICE_ROUND_MODE: '2',
  PS_ROUND_TYPE: '2',
  PS_SPECIFIC_PRICE_FEATURE_ACTIVE: '1',
  PS_SPECIFIC_PRICE_PRIORITIES: 'id_group;id_currency;id_country;id_shop',
  PS_COMBINATION_FEATURE_ACTIVE: '1',
  PS_GROUP_FEATURE_ACTIVE: '1',
  PS_UNIDENTIFIED_GROUP: String(GROUPS.visitor),
  PS_GUEST_GROUP: String(GROUPS.guest),
  PS_CUSTOMER_GROUP: String(GROUPS.customer),
  PS_ROOT_CATEGORY: String(ROOT_CATEGORY.id),
  PS_HOME_CATEGORY: String(HOME_CATEGORY.id),
  PS_WEIGHT_UNIT: 'kg',
  PS_DIMENSION_UNIT: 'cm',
  [SEEDED_MARK]: SEEDED_EDITION,
};

/** Rows of ps_configuration, ps_shop_group, ps_shop, ps_shop_url and ps_group. */
export function shopRows(day: SeedDay): DemoTables {
  const created = day.dateTime(-700);
  return {
    configuration: configurationRows(created),
    shop_group: [
      {
        id_shop_group: DEMO_SHOP_GROUP_ID,
        name: 'Maison Demo',
        share_customer: flag(true),
        share_order: flag(false),
        share_stock: flag(false),
        active: flag(true),
        deleted: flag(false),
      },
    ],
    shop: [shop(1, 'Maison Demo'), shop(2, 'Maison Demo Outlet')],
    shop_url: [shopUrl(1, ''), shopUrl(2, 'outlet/')],
    group: Object.entries(GROUPS).map(([name, id]) => ({
      id_group: id,
      reduction: name === 'business' ? BUSINESS_REDUCTION : '0.00',
      price_display_method: flag(name === 'business'),
      show_prices: flag(true),
      date_add: created,
      date_upd: created,
    })),
  };
}

function configurationRows(created: string): readonly DemoRow[] {
  const common = Object.entries(configuration).map(([name, value]) => ({ id_shop: null, name, value }));
  const outlet = { id_shop: DEMO_SHOP_IDS[1], name: 'PS_SHOP_NAME', value: 'Maison Demo Outlet' };
  return [...common, outlet].map((row, index) => ({
    id_configuration: index + 1,
    id_shop_group: null,
    ...row,
    date_add: created,
    date_upd: created,
  }));
}

function shop(id: number, name: string): DemoRow {
  return {
    id_shop: id,
    id_shop_group: DEMO_SHOP_GROUP_ID,
    name,
    id_category: HOME_CATEGORY.id,
    active: flag(true),
    deleted: flag(false),
  };
}

function shopUrl(id: number, virtualUri: string): DemoRow {
  return {
    id_shop_url: id,
    id_shop: id,
    domain: DOMAIN,
    domain_ssl: DOMAIN,
    physical_uri: '/',
    virtual_uri: virtualUri,
    main: flag(true),
    active: flag(true),
  };
}
