import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MARKETPLACES, marketplaceByCountry, marketplaceById } from '../../../src/amazon/marketplaces.js';
import { isAmazonHost, REGION_ENDPOINTS } from '../../../src/amazon/regions.js';
import { sharedFile } from '../../support/shared-material.js';
import { itWithShared } from '../../support/with-shared-material.js';

interface SharedMarketplace {
  readonly country: string;
  readonly marketplaceId: string;
  readonly region: 'NA' | 'EU' | 'FE';
  readonly currency: string;
  readonly currencyDecimals: number;
  readonly domain: string;
  readonly defaultLanguage: string;
  readonly endpoint: string;
  readonly fbaChannel: string;
  readonly timeZone: string;
}

describe('marketplaces', () => {
  it('are 23, each with its own id and country', () => {
    expect(MARKETPLACES).toHaveLength(23);
    expect(new Set(MARKETPLACES.map((facts) => facts.marketplaceId)).size).toBe(23);
    expect(new Set(MARKETPLACES.map((facts) => facts.country)).size).toBe(23);
  });

  it('finds the United Kingdom as UK and as GB, in any letter case', () => {
    const uk = marketplaceByCountry('UK');
    expect(uk).toMatchObject({ marketplaceId: 'A1F83G8C2ARO7P', currency: 'GBP', country: 'UK', isoCountry: 'GB' });
    expect(marketplaceByCountry('GB')).toBe(uk);
    expect(marketplaceByCountry('gb')).toBe(uk);
  });

  it('finds a marketplace by its id', () => {
    expect(marketplaceById('A13V1IB3VIYZZH')?.country).toBe('FR');
  });

  it('answers null for a country or id that Amazon does not serve', () => {
    expect(marketplaceByCountry('CH')).toBeNull();
    expect(marketplaceById('A000000000')).toBeNull();
  });

  it('counts yen without decimals', () => {
    expect(marketplaceByCountry('JP')?.decimals).toBe(0);
    expect(marketplaceByCountry('FR')?.decimals).toBe(2);
  });

  it('names time zones that this Node knows', () => {
    for (const facts of MARKETPLACES) {
      expect(() => new Intl.DateTimeFormat('en', { timeZone: facts.timeZone })).not.toThrow();
    }
  });

  itWithShared('agree with the shared facts in every column', () => {
    const shared = JSON.parse(readFileSync(sharedFile('amazon', 'marketplaces.json'), 'utf8')) as {
      marketplaces: SharedMarketplace[];
    };
    const rows = MARKETPLACES.map((facts) => ({
      country: facts.isoCountry,
      marketplaceId: facts.marketplaceId,
      region: facts.region,
      currency: facts.currency,
      currencyDecimals: facts.decimals,
      domain: facts.domain,
      defaultLanguage: facts.language,
      endpoint: REGION_ENDPOINTS[facts.region].production,
      fbaChannel: facts.fbaChannel,
      timeZone: facts.timeZone,
    }));
    expect(shared.marketplaces).toHaveLength(23);
    expect(shared.marketplaces.map(pick)).toEqual(rows);
  });
});

describe('isAmazonHost', () => {
  it('is true for the endpoints of every region', () => {
    for (const endpoints of Object.values(REGION_ENDPOINTS)) {
      expect(isAmazonHost(endpoints.production)).toBe(true);
      expect(isAmazonHost(endpoints.sandbox)).toBe(true);
    }
  });

  it('is false for a simulator and for a host that only looks alike', () => {
    expect(isAmazonHost('http://127.0.0.1:3000')).toBe(false);
    expect(isAmazonHost('https://sellingpartnerapi-eu.amazon.com.example')).toBe(false);
    expect(isAmazonHost('https://notamazon.com')).toBe(false);
  });
});

function pick(row: SharedMarketplace): SharedMarketplace {
  const { country, marketplaceId, region, currency, currencyDecimals } = row;
  const { domain, defaultLanguage, endpoint, fbaChannel, timeZone } = row;
  return {
    country,
    marketplaceId,
    region,
    currency,
    currencyDecimals,
    domain,
    defaultLanguage,
    endpoint,
    fbaChannel,
    timeZone,
  };
}
