import type { Account, Marketplace } from '../../../src/features/accounts/account.js';
import { parseExportOptions } from '../../../src/features/export/export-options.js';
import type { HoldView } from '../../../src/features/export/guard/hold-views.js';
import type { PlannedPart } from '../../../src/features/export/plan/plan-sku.js';
import type { Run } from '../../../src/features/export/run/run.js';
import type { Part } from '../../../src/features/offers/offer-settings.js';
import { ExportAmazon } from '../../support/export-amazon.js';
import {
  addSeller,
  type ExportProgram,
  openDemoOffice,
  openExportProgram,
  send,
  settleFeeds,
} from '../../support/export-program.js';

/** A product without combinations that sells under one SKU. */
export interface GuardedItem {
  readonly id: number;
  readonly sku: string;
}

/** How many products of the demo shop the seller has at Amazon, each with stock. */
export const LISTED_ITEMS = 32;

/** The demo shop with a seller of 32 listings in France, at an Amazon whose answers the test decides. */
export class GuardedShop {
  readonly shop: ExportProgram;
  readonly amazon: ExportAmazon;
  readonly office: Awaited<ReturnType<typeof openDemoOffice>>;
  readonly account: Account;
  readonly marketplace: Marketplace;
  readonly items: readonly GuardedItem[];

  private constructor(parts: Pick<GuardedShop, 'shop' | 'amazon' | 'office' | 'account' | 'marketplace' | 'items'>) {
    this.shop = parts.shop;
    this.amazon = parts.amazon;
    this.office = parts.office;
    this.account = parts.account;
    this.marketplace = parts.marketplace;
    this.items = parts.items;
  }

  /** Opens it with nothing sent yet: Amazon has the SKUs, and says nothing of their prices. */
  static async open(databaseUrl: string): Promise<GuardedShop> {
    const amazon = await new ExportAmazon().open();
    const shop = await openExportProgram({ databaseUrl });
    const office = await openDemoOffice(shop);
    const { account, marketplaces } = await addSeller(shop, { baseUrl: amazon.url, released: false });
    const [marketplace] = marketplaces;
    if (!marketplace) throw new Error('Expected the seller to have a marketplace.');
    for (const { id } of await itemsLike({ program: shop.program, wanted: () => true })) {
      await office.setStock(id, 0, 7);
      await office.setPrice(id, '50.000000');
    }
    // Those of which nothing else decides price and stock.
    const plain = await itemsLike({ program: shop.program, wanted: ({ value }) => PLAIN_VALUES.includes(value) });
    const items = plain.slice(0, LISTED_ITEMS);
    if (items.length < LISTED_ITEMS) throw new Error(`Expected ${LISTED_ITEMS} plain products, got ${items.length}.`);
    amazon.listings = items.map(({ sku }) => [sku, 'B0AAAAAAAA', '', '5', 'DEFAULT', 'Active']);
    return new GuardedShop({ shop, amazon, office, account, marketplace, items });
  }

  async close(): Promise<void> {
    await this.office.end();
    await this.shop.close();
    await this.amazon.close();
  }

  /** The products at these places of the list. */
  some(from: number, count: number): readonly GuardedItem[] {
    return this.items.slice(from, from + count);
  }

  async setStock(items: readonly GuardedItem[], quantity: number): Promise<void> {
    for (const { id } of items) await this.office.setStock(id, 0, quantity);
  }

  async setPrice(items: readonly GuardedItem[], price: string): Promise<void> {
    for (const { id } of items) await this.office.setPrice(id, price);
  }

  /** Sends products and lets Amazon answer. */
  async send(items: readonly GuardedItem[] | null, options: object = {}): Promise<Run> {
    const run = await send(this.shop, { ...options, ...(items && { products: items.map(({ id }) => id) }) }, false);
    await this.settle();
    return run;
  }

  async release(runId: number): Promise<Run> {
    const run = await this.shop.program.export.release(runId, { requestedBy: 'anna', wait: false });
    await this.settle();
    return run;
  }

  settle(): Promise<void> {
    return settleFeeds(this.shop, this.account.id);
  }

  /** A day later nothing counts any more. */
  passDay(): void {
    this.shop.clock.advance(24 * 3_600_000);
  }

  /** How many messages of a type Amazon got since a number of feeds. */
  got(messageType: string, sinceFeeds: number): number {
    const feeds = this.amazon.feeds.slice(sinceFeeds).filter((feed) => feed.messageType === messageType);
    return feeds.reduce((sum, feed) => sum + feed.messages.length, 0);
  }

  holds(): Promise<readonly HoldView[]> {
    return this.shop.program.holdViews.open([this.account.id]);
  }

  /** What Amazon has taken of a part. */
  async accepted({ sku }: GuardedItem, part: Part): Promise<string | null> {
    const [memory] = await this.shop.program.listings.ofSkus(this.account.id, [sku]);
    const known = part === 'quantity' ? memory?.quantity : memory?.marketplaces.get(this.marketplace.id)?.parts[part];
    return known?.acceptedValue ?? null;
  }

  async queued(): Promise<readonly number[]> {
    const marketplaceIds = [this.marketplace.id];
    const rows = await this.shop.program.queue.list({ marketplaceIds, afterId: 0, limit: 1_000 });
    return rows.map((row) => row.productId);
  }
}

const PLAIN_VALUES = ['60.00|EUR', '7'];

/** Products without combinations that nothing speaks against, with such values. */
async function itemsLike({
  program,
  wanted,
}: {
  readonly program: ExportProgram['program'];
  readonly wanted: (part: PlannedPart) => boolean;
}): Promise<readonly GuardedItem[]> {
  const run = await program.export.preview('verify', parseExportOptions({ all: true }), { requestedBy: 'test' });
  const lines = await program.export.log(run.id, { limit: 10_000 });
  return lines
    .filter((line) => line.verdicts.length === 0 && line.combinationId === 0 && line.parts.length === 2)
    .filter((line) => line.parts.every(wanted))
    .map((line) => ({ id: line.productId, sku: line.sku }));
}
