import type { Region } from './regions.js';

/** One Amazon country as Amazon itself defines it; what a person may change of it lives in the account's own marketplace. */
export interface MarketplaceFacts {
  /** Amazon's country code: ISO 3166-1 alpha-2, but "UK" for the United Kingdom. */
  readonly country: string;
  /** ISO 3166-1 alpha-2 ("GB"), the form that taxes and addresses use. */
  readonly isoCountry: string;
  readonly marketplaceId: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Decimals of a price in that currency. */
  readonly decimals: number;
  /** IANA zone in which sale days are counted. Our choice of the country's main zone, so only a default. */
  readonly timeZone: string;
  /** Main language as listing attributes name it: "fr_FR". */
  readonly language: string;
  readonly region: Region;
  /** fulfillment_channel_code of stock in Amazon's own warehouses. */
  readonly fbaChannel: string;
  /** Without "www.": "amazon.co.uk". */
  readonly domain: string;
}

type Row = readonly [
  country: string,
  marketplaceId: string,
  currency: string,
  timeZone: string,
  language: string,
  domain: string,
];

// https://developer-docs.amazon.com/sp-api/docs/marketplace-ids (checked 2026-11-21)
const ROWS: Readonly<Record<Region, readonly Row[]>> = {
  NA: [
    ['CA', 'A2EUQ1WTGCTBG2', 'CAD', 'America/Toronto', 'en_CA', 'amazon.ca'],
    ['US', 'ATVPDKIKX0DER', 'USD', 'America/Los_Angeles', 'en_US', 'amazon.com'],
    ['MX', 'A1AM78C64UM0Y8', 'MXN', 'America/Mexico_City', 'es_MX', 'amazon.com.mx'],
    ['BR', 'A2Q3Y263D00KWC', 'BRL', 'America/Sao_Paulo', 'pt_BR', 'amazon.com.br'],
  ],
  EU: [
    ['IE', 'A28R8C7NBKEWEA', 'EUR', 'Europe/Dublin', 'en_IE', 'amazon.ie'],
    ['ES', 'A1RKKUPIHCS9HS', 'EUR', 'Europe/Madrid', 'es_ES', 'amazon.es'],
    ['UK', 'A1F83G8C2ARO7P', 'GBP', 'Europe/London', 'en_GB', 'amazon.co.uk'],
    ['FR', 'A13V1IB3VIYZZH', 'EUR', 'Europe/Paris', 'fr_FR', 'amazon.fr'],
    ['BE', 'AMEN7PMS3EDWL', 'EUR', 'Europe/Brussels', 'fr_BE', 'amazon.com.be'],
    ['NL', 'A1805IZSGTT6HS', 'EUR', 'Europe/Amsterdam', 'nl_NL', 'amazon.nl'],
    ['DE', 'A1PA6795UKMFR9', 'EUR', 'Europe/Berlin', 'de_DE', 'amazon.de'],
    ['IT', 'APJ6JRA9NG5V4', 'EUR', 'Europe/Rome', 'it_IT', 'amazon.it'],
    ['SE', 'A2NODRKZP88ZB9', 'SEK', 'Europe/Stockholm', 'sv_SE', 'amazon.se'],
    ['ZA', 'AE08WJ6YKNBMC', 'ZAR', 'Africa/Johannesburg', 'en_ZA', 'amazon.co.za'],
    ['PL', 'A1C3SOZRARQ6R3', 'PLN', 'Europe/Warsaw', 'pl_PL', 'amazon.pl'],
    ['EG', 'ARBP9OOSHTCHU', 'EGP', 'Africa/Cairo', 'ar_EG', 'amazon.eg'],
    ['TR', 'A33AVAJ2PDY3EV', 'TRY', 'Europe/Istanbul', 'tr_TR', 'amazon.com.tr'],
    ['SA', 'A17E79C6D8DWNP', 'SAR', 'Asia/Riyadh', 'ar_SA', 'amazon.sa'],
    ['AE', 'A2VIGQ35RCS4UG', 'AED', 'Asia/Dubai', 'en_AE', 'amazon.ae'],
    ['IN', 'A21TJRUUN4KGV', 'INR', 'Asia/Kolkata', 'en_IN', 'amazon.in'],
  ],
  FE: [
    ['SG', 'A19VAU5U5O7RUS', 'SGD', 'Asia/Singapore', 'en_SG', 'amazon.sg'],
    ['AU', 'A39IBJ37TRP1C6', 'AUD', 'Australia/Sydney', 'en_AU', 'amazon.com.au'],
    ['JP', 'A1VC38T7YXB528', 'JPY', 'Asia/Tokyo', 'ja_JP', 'amazon.co.jp'],
  ],
};

/** All 23 marketplaces, by region. */
export const MARKETPLACES: readonly MarketplaceFacts[] = [
  ...ROWS.NA.map((row) => factsOf('NA', row)),
  ...ROWS.EU.map((row) => factsOf('EU', row)),
  ...ROWS.FE.map((row) => factsOf('FE', row)),
];

/**
 * Finds a marketplace by its country.
 *
 * @param country in any letter case; "GB" is taken as "UK"
 * @returns null where Amazon has no marketplace of that code
 */
export function marketplaceByCountry(country: string): MarketplaceFacts | null {
  const wanted = country.toUpperCase();
  return MARKETPLACES.find((facts) => facts.country === wanted || facts.isoCountry === wanted) ?? null;
}

/** Finds a marketplace by Amazon's id, or null. */
export function marketplaceById(marketplaceId: string): MarketplaceFacts | null {
  return MARKETPLACES.find((facts) => facts.marketplaceId === marketplaceId) ?? null;
}

function factsOf(region: Region, row: Row): MarketplaceFacts {
  const [country, marketplaceId, currency, timeZone, language, domain] = row;
  const isoCountry = country === 'UK' ? 'GB' : country;
  const decimals = currency === 'JPY' ? 0 : 2;
  return {
    country,
    isoCountry,
    marketplaceId,
    currency,
    decimals,
    timeZone,
    language,
    region,
    fbaChannel: fbaChannelOf(region, country),
    domain,
  };
}

/** India and the Far East have a channel per country, the others one per region. */
function fbaChannelOf(region: Region, country: string): string {
  return region === 'FE' || country === 'IN' ? `AMAZON_${country}` : `AMAZON_${region}`;
}
