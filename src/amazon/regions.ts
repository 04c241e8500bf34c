/** One seller authorization holds for all marketplaces of one region. */
export type Region = 'NA' | 'EU' | 'FE';

export interface RegionEndpoints {
  readonly production: string;
  readonly sandbox: string;
}

/** @source https://developer-docs.amazon.com/sp-api/docs/sp-api-endpoints (checked 2026-11-21) */
export const REGION_ENDPOINTS: Readonly<Record<Region, RegionEndpoints>> = {
  NA: {
    production: 'https://sellingpartnerapi-na.amazon.com',
    sandbox: 'https://sandbox.sellingpartnerapi-na.amazon.com',
  },
  EU: {
    production: 'https://sellingpartnerapi-eu.amazon.com',
    sandbox: 'https://sandbox.sellingpartnerapi-eu.amazon.com',
  },
  FE: {
    production: 'https://sellingpartnerapi-fe.amazon.com',
    sandbox: 'https://sandbox.sellingpartnerapi-fe.amazon.com',
  },
};

/** Where access tokens come from, for every region. */
export const TOKEN_URL = 'https://api.amazon.com/auth/o2/token';

/**
 * Tells Amazon's own hosts from a simulator or a mock.
 *
 * @param url absolute
 * @returns true for amazon.com and every host below it
 */
export function isAmazonHost(url: string): boolean {
  const host = new URL(url).hostname;
  return host === 'amazon.com' || host.endsWith('.amazon.com');
}
