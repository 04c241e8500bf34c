import type { CatalogueBatch } from '../../shop/catalogue.js';
import { parseExportOptions } from './export-options.js';
import { type AccountFrame, type MarketplaceFrame, type ShopFrame, shopFrame } from './plan/account-frame.js';

/** How the batches of a run are read, so that they also say what a sweep would have seen at that moment. */
export interface WholeReading {
  /** Every active marketplace of the shop, with the parts of its settings: the frame of a sweep. */
  readonly frame: ShopFrame;
  /** What run and sweep need of the shop together. */
  readonly query: ShopFrame['query'];
  /** A batch as a sweep would have read it. */
  readonly batchOf: (batch: CatalogueBatch) => CatalogueBatch;
  /** Whether the run handles all that a sweep looks at: every marketplace, with every part of its settings. */
  readonly isCovered: boolean;
}

/** Widens what a run reads to what a sweep reads. A run that reads the prices of every marketplace reads none twice. */
export function wholeReading(account: AccountFrame, run: ShopFrame): WholeReading {
  const marketplaces = account.marketplaces.map((one) => ({ ...one, selected: true }));
  const clock = { nowMs: () => run.atMs };
  const frame = shopFrame({ ...account, marketplaces }, run.context, parseExportOptions({}), clock);
  const isEverywhere = run.exported.length === run.marketplaces.length;
  const own = run.query.priceViews;
  // Both name the marketplaces of the shop in one order: as many are the same.
  const isSame = own.length === frame.query.priceViews.length;
  // The frames name their price views by position: those of the sweep come after the run's own, which keep theirs.
  const firstView = isSame ? 0 : own.length;
  const fromFirstView = (batch: CatalogueBatch) => ({
    ...batch,
    items: batch.items.map((item) => ({ ...item, prices: item.prices.slice(firstView) })),
  });
  return {
    frame,
    query: {
      priceViews: isSame ? own : [...own, ...frame.query.priceViews],
      textLanguages: [...new Set([...run.query.textLanguages, ...frame.query.textLanguages])],
      withImages: run.query.withImages || frame.query.withImages,
      atMs: run.atMs,
    },
    batchOf: firstView === 0 ? (batch) => batch : fromFirstView,
    isCovered: isEverywhere && run.exported.every(handlesAll),
  };
}

function handlesAll({ settings, parts }: MarketplaceFrame): boolean {
  return [...settings.parts].every((part) => parts.has(part));
}
