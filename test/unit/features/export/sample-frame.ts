import { systemClock } from '../../../../src/core/clock.js';
import type { Account, Marketplace } from '../../../../src/features/accounts/account.js';
import { parseExportOptions } from '../../../../src/features/export/export-options.js';
import { type AccountFrame, type ShopFrame, shopFrame } from '../../../../src/features/export/plan/account-frame.js';
import type {
  MarketplaceOfferSettings,
  PoolOfferSettings,
  ProductOptions,
} from '../../../../src/features/offers/offer-settings.js';
import { NO_OPTIONS } from '../../../../src/features/offers/resolve-options.js';
import { NOON_MS, sampleContext, samplePool, sampleSettings } from '../offers/sample-items.js';
import { DE, FR } from './sample-memory.js';

const account: Account = {
  id: 5,
  name: 'demo',
  region: 'EU',
  shopId: 1,
  sellerId: 'A2SELLER',
  baseUrl: 'simulator',
  tokenUrl: 'simulator',
  feedFormat: 'xml',
  state: 'active',
  listingsReadAtMs: 1,
  firstReleasedAtMs: null,
  simulator: true,
};

const marketplace = (id: number, country: string): Marketplace => ({
  id,
  accountId: account.id,
  accountName: account.name,
  shopId: 1,
  country,
  amazonId: `AMAZON-${country}`,
  currency: 'EUR',
  active: true,
  inactiveReason: '',
});

export interface FrameWishes {
  /** Which of FR and DE the run exports; the others only say whether they sell an item. Default both. */
  readonly selected?: readonly number[];
  readonly settings?: Partial<MarketplaceOfferSettings>;
  readonly pool?: Partial<PoolOfferSettings>;
  /** As `parseExportOptions` takes them. */
  readonly options?: Record<string, unknown>;
  /** As for a send: the prices of marketplaces that are not exported are read as well. */
  readonly allPrices?: boolean;
}

/** The account "demo" with FR and DE at noon of 21 November 2026, both selling shop 1 in euros. */
export function sampleShopFrame(wishes: FrameWishes = {}): ShopFrame {
  const { selected = [FR, DE], settings, pool, options = {}, allPrices = false } = wishes;
  const marketplaces = [marketplace(FR, 'FR'), marketplace(DE, 'DE')].map((one) => ({
    marketplace: one,
    settings: {
      ...sampleSettings({ marketplaceId: one.id, country: one.country, ...settings }),
      priceView: { currency: 'EUR', country: one.country, groupId: null, fixedRate: null },
    },
    selected: selected.includes(one.id),
  }));
  const frame: AccountFrame = {
    account,
    poolSettings: samplePool(pool),
    marketplaces,
    poolMarketplace: marketplace(FR, 'FR'),
  };
  return shopFrame(
    frame,
    sampleContext(),
    parseExportOptions(options),
    { ...systemClock, nowMs: () => NOON_MS },
    { allPrices },
  );
}

/** The same Amazon tab for every item on every marketplace. */
export function sameOptions(said: Partial<ProductOptions> = {}) {
  const options = { ...NO_OPTIONS, ...said };
  return () => options;
}
