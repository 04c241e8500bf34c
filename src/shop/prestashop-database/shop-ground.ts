import type { RoundingMode } from '../../core/money.js';
import type { ShopContext } from '../catalogue.js';
import { ShopClock } from '../price-engine/shop-clock.js';
import { type CurrencyRow, readCurrencies } from './currencies-reader.js';
import { readLanguages, type ShopLanguage } from './languages-reader.js';
import { readShopConfiguration, type ShopConfiguration } from './shop-configuration.js';
import { ShopSettingMissing } from './shop-errors.js';
import { readShopIdentity, type ShopIdentity, type ShopReading } from './shop-identity.js';

/** What a shop context stands on: read once before its products. */
export interface ShopGround {
  readonly identity: ShopIdentity;
  readonly configuration: ShopConfiguration;
  readonly languages: readonly ShopLanguage[];
  readonly currencies: readonly CurrencyRow[];
  readonly context: ShopContext;
  readonly clock: ShopClock;
}

export type GroundRows = Omit<ShopGround, 'context' | 'clock'>;

/** By PS_PRICE_ROUND_MODE. */
const ROUNDING_MODES: readonly RoundingMode[] = ['up', 'down', 'half-up', 'half-down', 'half-even', 'half-odd'];
const VISITOR_GROUP = 1;
/** Where PS_PRICE_DISPLAY_PRECISION was never saved. */
const DISPLAY_PRECISION = 2;

/**
 * Reads one shop context with its settings, languages and currencies.
 *
 * @throws ShopContextUnknown, ShopSettingMissing, UnknownTimeZone
 */
export async function readShopGround(reading: ShopReading, shopId: number): Promise<ShopGround> {
  const identity = await readShopIdentity(reading, shopId);
  const configuration = await readShopConfiguration(reading, identity);
  const languages = await readLanguages(reading, shopId);
  const currencies = await readCurrencies(
    reading,
    shopId,
    configuration.integer('PS_PRICE_DISPLAY_PRECISION', DISPLAY_PRECISION),
  );
  return groundOf({ identity, configuration, languages, currencies });
}

/**
 * Makes the ground of a shop context from what was read of it, by whatever way.
 *
 * @throws ShopSettingMissing, UnknownTimeZone
 */
export function groundOf(parts: GroundRows): ShopGround {
  const context = contextOf(parts);
  return { ...parts, context, clock: new ShopClock(context.timeZone) };
}

/** The language that PS_LANG_DEFAULT names. */
export function defaultLanguageOf({ identity, configuration, languages }: GroundRows): ShopLanguage {
  const id = configuration.integer('PS_LANG_DEFAULT', 0);
  const language = languages.find((candidate) => candidate.id === id);
  if (language === undefined)
    throw new ShopSettingMissing({ shopId: identity.shopId, setting: 'default language (PS_LANG_DEFAULT)' });
  return language;
}

/** The currency that PS_CURRENCY_DEFAULT names: all amounts in the tables are in it. */
export function defaultCurrencyOf({ identity, configuration, currencies }: GroundRows): CurrencyRow {
  const id = configuration.integer('PS_CURRENCY_DEFAULT', 0);
  const currency = currencies.find((candidate) => candidate.id === id);
  if (currency === undefined)
    throw new ShopSettingMissing({ shopId: identity.shopId, setting: 'default currency (PS_CURRENCY_DEFAULT)' });
  return currency;
}

function contextOf(parts: GroundRows): ShopContext {
  const { identity, configuration, languages, currencies } = parts;
  const timeZone = configuration.text('PS_TIMEZONE');
  if (timeZone === '') throw new ShopSettingMissing({ shopId: identity.shopId, setting: 'time zone (PS_TIMEZONE)' });
  const secure = configuration.flag('PS_SSL_ENABLED');
  return {
    shopId: identity.shopId,
    name: identity.name,
    timeZone,
    baseUrl: secure ? `https://${identity.secureAddress}` : `http://${identity.plainAddress}`,
    languages: languages.filter((language) => language.active).map((language) => language.iso),
    defaultLanguage: defaultLanguageOf(parts).iso,
    currencies: currencies.map(({ iso, decimals }) => ({ iso, decimals })),
    defaultCurrency: defaultCurrencyOf(parts).iso,
    roundingMode: ROUNDING_MODES[configuration.integer('PS_PRICE_ROUND_MODE', 2)] ?? 'half-up',
    visitorGroupId: configuration.integer('PS_UNIDENTIFIED_GROUP', VISITOR_GROUP),
    stockManagement: configuration.flag('PS_STOCK_MANAGEMENT'),
  };
}
