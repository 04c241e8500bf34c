import type { Account, Marketplace } from '../../src/features/accounts/account.js';
import type { Run } from '../../src/features/export/run/run.js';
import type { ListingRecord, PartRecord } from '../../src/features/listings/listing.js';
import type { Part } from '../../src/features/offers/offer-settings.js';
import type { QueueRow } from '../../src/features/queue/queue-row.js';
import { acceptAll, ExportAmazon } from './export-amazon.js';
import {
  addSeller,
  type ExportProgram,
  type ExportProgramOptions,
  openDemoOffice,
  openExportProgram,
  send,
  settleFeeds,
} from './export-program.js';

/** Products of the demo shop that this seller has listed at Amazon, each without combinations. */
export const BOARD = { id: 11, sku: 'BOARD-02' } as const;
export const DESK = { id: 41, sku: 'DESK-02' } as const;
export const CARD = { id: 43, sku: 'CARD-01' } as const;
export const LISTED = [BOARD, DESK, CARD] as const;

interface Parts extends Pick<ListedShop, 'shop' | 'amazon' | 'office' | 'account' | 'marketplace'> {
  readonly marketplaces: readonly Marketplace[];
}

/** The demo shop with a seller, in France unless told otherwise, at an Amazon whose answers the test decides. */
export class ListedShop {
  readonly shop: ExportProgram;
  readonly amazon: ExportAmazon;
  readonly office: Awaited<ReturnType<typeof openDemoOffice>>;
  readonly account: Account;
  /** The first one: quantities are addressed to it. */
  readonly marketplace: Marketplace;
  readonly #marketplaces: readonly Marketplace[];

  private constructor(parts: Parts) {
    this.shop = parts.shop;
    this.amazon = parts.amazon;
    this.office = parts.office;
    this.account = parts.account;
    this.marketplace = parts.marketplace;
    this.#marketplaces = parts.marketplaces;
  }

  /** @param products that Amazon has listed for the seller; countries in the order in which they are added */
  static async open(
    databaseUrl: string,
    products: readonly { readonly sku: string }[] = LISTED,
    countries: readonly string[] = ['FR'],
    options: Pick<ExportProgramOptions, 'diskSpace'> = {},
  ): Promise<ListedShop> {
    const amazon = await new ExportAmazon().open();
    amazon.listings = products.map(({ sku }) => [sku, 'B0AAAAAAAA', '1.00', '1', 'DEFAULT', 'Active']);
    const shop = await openExportProgram({ databaseUrl, ...options });
    const office = await openDemoOffice(shop);
    const { account, marketplaces } = await addSeller(shop, { baseUrl: amazon.url, countries });
    const [marketplace] = marketplaces.toSorted((one, other) => one.id - other.id);
    if (!marketplace) throw new Error('Expected the seller to have a marketplace.');
    return new ListedShop({ shop, amazon, office, account, marketplace, marketplaces });
  }

  async close(): Promise<void> {
    await this.office.end();
    await this.shop.close();
    await this.amazon.close();
  }

  /** Marks products and sends them, without waiting for any answer. */
  send(productIds: readonly number[], options: object = {}): Promise<Run> {
    return send(this.shop, { products: productIds, ...options }, false);
  }

  /** Lets every feed on its way end. */
  settle(): Promise<void> {
    return settleFeeds(this.shop, this.account.id);
  }

  /** Brings everything that waits or is on its way to an end that Amazon accepts. */
  async calmDown(): Promise<void> {
    this.amazon.answer = acceptAll;
    for (let tries = 0; tries < 5; tries += 1) {
      await this.settle();
      if ((await this.rows()).length === 0) return;
      this.shop.clock.advance(3_600_000);
      await send(this.shop, {}, false);
    }
    throw new Error('Expected the queue to become empty within five sends.');
  }

  /** What stands in the queue, claimed or not. */
  rows(): Promise<readonly QueueRow[]> {
    const marketplaceIds = this.#marketplaces.map((one) => one.id);
    return this.shop.program.queue.list({ marketplaceIds, afterId: 0, limit: 1_000 });
  }

  async memoryOf(sku: string): Promise<ListingRecord | undefined> {
    return (await this.shop.program.listings.ofSkus(this.account.id, [sku]))[0];
  }

  /** What is remembered of one part of a SKU. */
  async partOf(sku: string, part: Part): Promise<PartRecord | undefined> {
    const memory = await this.memoryOf(sku);
    if (part === 'quantity') return memory?.quantity ?? undefined;
    return memory?.marketplaces.get(this.marketplace.id)?.parts[part];
  }
}
