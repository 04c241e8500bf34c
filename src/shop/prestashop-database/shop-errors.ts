import { defineError } from '../../core/errors.js';

export const InvalidShopUrl = defineError<{ reason: string }>(
  'INVALID_SHOP_URL',
  422,
  ({ reason }) =>
    `Expected mysql://USER:PASSWORD@HOST:PORT/DATABASE?prefix=ps_&shop=1, but ${reason}. Correct FEEDBRIDGE_SHOP.`,
);

export const ShopUnreachable = defineError<{ where: string; reason: string }>(
  'SHOP_UNREACHABLE',
  503,
  ({ where, reason }) =>
    `Expected the shop's database ${where} to answer, got ${reason}. Check host and port in FEEDBRIDGE_SHOP, and that the server runs.`,
  { retryable: true },
);

export const ShopLoginRefused = defineError<{ where: string }>(
  'SHOP_LOGIN_REFUSED',
  503,
  ({ where }) =>
    `The shop's database ${where} refused the login. Check user and password in FEEDBRIDGE_SHOP, and that this user may connect from here and read the database.`,
);

export const ShopDatabaseMissing = defineError<{ where: string }>(
  'SHOP_DATABASE_MISSING',
  503,
  ({ where }) => `The server knows no database ${where}. Correct the database name in FEEDBRIDGE_SHOP.`,
);

export const ShopPrefixWrong = defineError<{ prefix: string; found: readonly string[] }>(
  'SHOP_PREFIX_WRONG',
  422,
  ({ prefix, found }) =>
    `Expected PrestaShop tables that begin with "${prefix}", found none. ${
      found.length > 0
        ? `Set prefix=${found.join(' or prefix=')} in FEEDBRIDGE_SHOP.`
        : 'Check the database name in FEEDBRIDGE_SHOP, and that its user may read the tables.'
    }`,
);

export const ShopTableMissing = defineError<{ table: string }>(
  'SHOP_TABLE_MISSING',
  503,
  ({ table }) =>
    `The shop's database has no table ${table} that we may read. Give the user SELECT on it, or check that this is the database of a PrestaShop 1.6.1, 1.7, 8 or 9.`,
);

export const ShopColumnMissing = defineError<{ table: string; column: string }>(
  'SHOP_COLUMN_MISSING',
  503,
  ({ table, column }) =>
    `The shop's table ${table} has no column ${column} that we may read. Give the user SELECT on it, or check that this is the database of a PrestaShop 1.6.1, 1.7, 8 or 9.`,
);

export const ShopReadRefused = defineError<{ where: string; reason: string }>(
  'SHOP_READ_REFUSED',
  503,
  ({ where, reason }) =>
    `The shop's database ${where} refused to be read: ${reason}. Give the user SELECT on its tables.`,
);

export const ShopContextUnknown = defineError<{ shopId: number; known: readonly number[] }>(
  'SHOP_CONTEXT_UNKNOWN',
  422,
  ({ shopId, known }) =>
    `The shop's database has no shop ${shopId}; it has ${known.length === 0 ? 'none' : known.join(', ')}. Correct shop= in FEEDBRIDGE_SHOP.`,
);

export const ShopSettingMissing = defineError<{ shopId: number; setting: string }>(
  'SHOP_SETTING_MISSING',
  422,
  ({ shopId, setting }) => `Shop ${shopId} has no ${setting}. Save it once in the shop's back office.`,
);
