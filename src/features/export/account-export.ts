import { LISTING_MESSAGE_TYPES } from '../../../feeds/xml/feed-types.js';
import type { HeldLock } from '../../db/lock-store.js';
import type { CatalogueBatch, CatalogueSelection } from '../../shop/catalogue.js';
import type { FeedKind } from '../reports/feed.js';
import { type PlacedSku, placeSku } from './documents/place-sku.js';
import type { FilledDocument, RunDocuments } from './documents/run-documents.js';
import type { ExportDependencies } from './export-dependencies.js';
import type { ExportOptions } from './export-options.js';
import type { AccountGuard } from './guard/account-guard.js';
import type { BatchWatch } from './guard/batch-watch.js';
import { loadAhead } from './load-ahead.js';
import { type AccountFrame, type ShopFrame, shopFrame, shopsOfFrame } from './plan/account-frame.js';
import { planBatch, type RememberedBatch } from './plan/plan-batch.js';
import type { PlannedSku, WorkOrder } from './plan/planned-sku.js';
import type { SiblingShop } from './plan/pool-elsewhere.js';
import { optionsBy } from './plan/prepare-items.js';
import { wholeReading } from './whole-reading.js';

/** What one pass over some products of a shop works with. */
export interface Pass {
  readonly frame: AccountFrame;
  readonly shopId: number;
  readonly options: ExportOptions;
  readonly order: WorkOrder;
  /** Null when only verdicts and values are wanted. */
  readonly documents: RunDocuments | null;
  readonly isOpen: (marketplaceId: number, kind: FeedKind) => boolean;
  /** Of a send, which tells the sweep what it read; left out by a preview, which writes nothing. */
  readonly lock?: HeldLock;
  /** Of a send: says what of it is held; left out by a preview. */
  readonly guard?: AccountGuard;
  readonly signal?: AbortSignal | undefined;
}

/** One batch of products after steps 2 to 6. */
export interface PassBatch {
  readonly productIds: readonly number[];
  /** Each is planned and rendered when its turn comes: to be walked once, to the end. */
  readonly skus: Iterable<PlacedSku>;
  /** What the guard has found out, once they were walked; null without a guard. */
  readonly watch: BatchWatch | null;
}

/**
 * Takes products of one shop through steps 2 to 6 of the run: expand, judge, compute, compare, render.
 *
 * Works batch by batch with a fixed number of queries each; nothing is written but the documents, and
 * of a send what it read, for the sweep.
 */
export async function* passOver(
  selection: CatalogueSelection,
  pass: Pass,
  on: ExportDependencies,
): AsyncGenerator<PassBatch> {
  const catalogue = on.shop.catalogue(pass.shopId);
  const frame = shopFrame(pass.frame, await catalogue.context(), pass.options, on.clock, {
    // A preview makes nothing wait for a price that it does not show.
    allPrices: pass.lock !== undefined,
  });
  const siblings = await siblingsOf(pass, on);
  const whole = pass.lock ? wholeReading(pass.frame, frame) : null;
  const batches = catalogue.batches({ ...(whole ?? frame).query, selection });
  for await (const batch of loadAhead(batches, (one) => remember(one, pass, on), BATCHES_AHEAD)) {
    pass.signal?.throwIfAborted();
    // Before it is judged: of what changes in between, the sweep must see the older state.
    if (whole && pass.lock) await on.recordReading({ ...whole, batch: whole.batchOf(batch), lock: pass.lock });
    const planned = await planBatch(batch, {
      catalogue,
      frame,
      listings: on.listings,
      order: pass.order,
      optionsOf: optionsBy(batch.options),
      loadOptions: async (productIds) => optionsBy(await on.options.ofProducts(pass.shopId, productIds)),
      siblings,
    });
    const watch = (await pass.guard?.watch(pass.shopId, knownSkus(batch, pass.order))) ?? null;
    yield { productIds: batch.productIds, skus: placeEach(planned, pass, { frame, watch }), watch };
    await pass.documents?.settle();
  }
}

/** The other shops that the account sells from. */
async function siblingsOf(pass: Pass, on: ExportDependencies): Promise<readonly SiblingShop[]> {
  const others = shopsOfFrame(pass.frame).filter((shopId) => shopId !== pass.shopId);
  return Promise.all(
    others.map(async (shopId): Promise<SiblingShop> => {
      const catalogue = on.shop.catalogue(shopId);
      return {
        catalogue,
        frame: shopFrame(pass.frame, await catalogue.context(), pass.options, on.clock),
        loadOptions: async (productIds) => optionsBy(await on.options.ofProducts(shopId, productIds)),
      };
    }),
  );
}

/** Our own tables are read for the next batch while this one is worked on. */
const BATCHES_AHEAD = 1;

async function remember(batch: CatalogueBatch, { frame, shopId }: Pass, on: ExportDependencies) {
  const [options, remembered] = await Promise.all([
    on.options.ofProducts(shopId, batch.productIds),
    on.listings.ofProducts(frame.account.id, shopsOfFrame(frame), batch.productIds),
  ]);
  return { ...batch, options, remembered };
}

/** The SKUs of a batch of which anything may be held: those that the account remembers, and those marked for deletion. */
function knownSkus({ remembered, productIds }: RememberedBatch, order: WorkOrder): readonly string[] {
  const deleted = productIds.flatMap((id) => [...order.deletions(id)]);
  return [...new Set([...remembered.map((one) => one.sku), ...deleted])];
}

function* placeEach(
  planned: Iterable<PlannedSku>,
  pass: Pass,
  { frame, watch }: { frame: ShopFrame; watch: BatchWatch | null },
): Generator<PlacedSku, void> {
  if (pass.documents === null) {
    for (const subject of planned) yield { subject, parts: subject.planned };
    return;
  }
  const place = { ...placement(pass, frame, pass.documents), watch };
  for (const subject of planned) yield placeSku(subject, place);
}

function placement(pass: Pass, frame: ShopFrame, documents: RunDocuments) {
  const { id, country } = pass.frame.poolMarketplace;
  const isPoolShared = pass.frame.marketplaces.some((one) => one.marketplace.shopId !== pass.shopId);
  return { documents, frame, pool: { marketplaceId: id, country }, isPoolShared, isOpen: pass.isOpen };
}

/** Closes the documents of a pass in the order in which they must be sent: offer, then price, then quantity. */
export function closeDocuments(documents: RunDocuments): Promise<readonly FilledDocument[]> {
  return documents.close(LISTING_MESSAGE_TYPES);
}
