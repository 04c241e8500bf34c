import { defineError } from '../../core/errors.js';
import type { Db } from '../../db/open-database.js';
import type { Shop } from '../../shop/catalogue.js';
import type { Marketplace } from '../accounts/account.js';
import type { AccountService } from '../accounts/account-service.js';
import type { ListingService } from '../listings/listing-service.js';
import type { SettingService } from '../settings/setting-service.js';
import type { Audit } from '../users/audit.js';
import type { ChangeMarks } from './change-marks.js';
import type { QueueAction } from './queue-row.js';

export const MarketplaceOff = defineError<{ name: string; reason: string }>(
  'MARKETPLACE_OFF',
  409,
  ({ name, reason }) =>
    `Expected a marketplace that is switched on, ${name} is off${reason === '' ? '.' : `: ${reason}`}`,
);

export const ShopUnknown = defineError<{ shopId: number; known: readonly number[] }>(
  'SHOP_UNKNOWN',
  422,
  ({ shopId, known }) => `Expected a shop that is connected (${known.join(', ')}), got ${shopId}. Name one of these.`,
);

export const NothingToMark = defineError<{ reason: string }>('NOTHING_TO_MARK', 422, ({ reason }) => reason);

/** Products or SKUs that a person or program wants looked at again. */
export interface MarkOrder {
  readonly action: QueueAction;
  readonly productIds: readonly number[];
  /** At most 2,000. */
  readonly skus: readonly string[];
  /** Null = every active marketplace of the shop. */
  readonly marketplace: Marketplace | null;
  /** Null = the marketplace's shop, or else the first one. */
  readonly shopId: number | null;
}

export interface MarkedOrder {
  /** Rows written or raised. */
  readonly marks: number;
  readonly productIds: readonly number[];
  /** SKUs that neither the shop nor a listing knows. */
  readonly unknownSkus: readonly string[];
}

/** Who asks. */
export interface MarkAuthor {
  /** As the queue shows it: "api", or a user's name. */
  readonly reason: string;
  /** As the audit names it. */
  readonly actor: string;
}

export interface MarkOrderParts {
  readonly db: Db;
  readonly shop: Shop;
  readonly accounts: AccountService;
  readonly settings: SettingService;
  readonly listings: ListingService;
  readonly marks: ChangeMarks;
  readonly audit: Audit;
}

/** Marks what people and programs name, by product id or by SKU. */
export class MarkOrders {
  readonly #on: MarkOrderParts;

  constructor(parts: MarkOrderParts) {
    this.#on = parts;
  }

  /** @throws ShopUnknown, MarketplaceOff; NothingToMark when nothing named is known, or a deletion names no SKU */
  async mark(order: MarkOrder, author: MarkAuthor): Promise<MarkedOrder> {
    const { shopId, marketplaces } = await this.#target(order);
    const bySku =
      order.skus.length === 0
        ? new Map<string, readonly number[]>()
        : await this.#productsOf(order.skus, shopId, marketplaces);
    const productIds = [...new Set([...order.productIds, ...[...bySku.values()].flat()])].sort((a, b) => a - b);
    const unknownSkus = order.skus.filter((sku) => !bySku.has(sku));
    if (order.action === 'delete' && bySku.size === 0)
      throw new NothingToMark({
        reason: 'A deletion names SKUs, none that is known was given. Name the SKUs to take off.',
      });
    if (productIds.length === 0)
      throw new NothingToMark({
        reason: 'Neither the shop nor a listing knows any of these SKUs. Check their spelling.',
      });
    const marketplaceIds = marketplaces.map((one) => one.id);
    const marks = await this.#on.db.transaction(async (transaction) => {
      const to = { shopId, marketplaceIds, bySku, reason: author.reason };
      const written = await writeMarks({ ...order, productIds }, to, this.#on.marks.on(transaction));
      const details = { action: order.action, products: productIds.length, marks: written };
      const deed = { actor: author.actor, action: 'queue-mark', subject: `shop ${shopId}`, details };
      await this.#on.audit.record(deed, transaction);
      return written;
    });
    return { marks, productIds, unknownSkus };
  }

  async #target(order: MarkOrder): Promise<{ shopId: number; marketplaces: readonly Marketplace[] }> {
    const { marketplace } = order;
    const known = this.#on.shop.shopIds;
    const shopId = order.shopId ?? marketplace?.shopId ?? known[0] ?? 0;
    if (!known.includes(shopId)) throw new ShopUnknown({ shopId, known });
    const all = marketplace === null ? await this.#on.accounts.marketplaces() : [marketplace];
    const marketplaces = all.filter((one) => one.active && one.shopId === shopId);
    if (marketplaces.length > 0) return { shopId, marketplaces };
    const name =
      marketplace === null ? `every one of shop ${shopId}` : `${marketplace.accountName}/${marketplace.country}`;
    throw new MarketplaceOff({ name, reason: marketplace?.inactiveReason ?? '' });
  }

  /** By the shop's own field, and by what listings remember: the shop may not have the SKU any more. */
  async #productsOf(
    skus: readonly string[],
    shopId: number,
    marketplaces: readonly Marketplace[],
  ): Promise<ReadonlyMap<string, readonly number[]>> {
    const { shop, listings, settings } = this.#on;
    const found = new Map<string, number[]>();
    const add = (sku: string, productId: number) => found.set(sku, [...(found.get(sku) ?? []), productId]);
    const loaded = await settings.load();
    for (const accountId of new Set(marketplaces.map((one) => one.accountId))) {
      const source = loaded.get('sku-source', { kind: 'account', accountId });
      if (source === 'ids') for (const sku of skus) for (const id of idOf(sku)) add(sku, id);
      else for (const { sku, productId } of await shop.catalogue(shopId).holdersOf(source, skus)) add(sku, productId);
      for (const memory of await listings.ofSkus(accountId, skus))
        if (memory.productId > 0 && memory.shopId === shopId) add(memory.sku, memory.productId);
    }
    return found;
  }
}

/** @returns how many rows were written or raised */
async function writeMarks(
  { action, productIds }: MarkOrder,
  to: {
    shopId: number;
    marketplaceIds: readonly number[];
    bySku: ReadonlyMap<string, readonly number[]>;
    reason: string;
  },
  marks: ChangeMarks,
): Promise<number> {
  const { shopId, marketplaceIds, bySku, reason } = to;
  if (action !== 'delete') return marks.mark({ shopId, productIds, action, marketplaceIds }, reason);
  let written = 0;
  for (const [sku, ids] of bySku)
    written += await marks.mark({ shopId, productIds: [...new Set(ids)], action, sku, marketplaceIds }, reason);
  return written;
}

/** The product of a SKU made of ids: "12" or "12-34". */
function idOf(sku: string): readonly number[] {
  const match = /^([1-9]\d{0,8})(?:-[1-9]\d{0,8})?$/.exec(sku);
  return match === null ? [] : [Number(match[1])];
}
