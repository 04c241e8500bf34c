import type { Clock } from '../../core/clock.js';
import { defineError } from '../../core/errors.js';
import type { Db } from '../../db/open-database.js';
import type { Shop } from '../../shop/catalogue.js';
import type { Account } from '../accounts/account.js';
import { nameItem } from '../offers/judge-duplicates.js';
import type { ChangeMarks } from '../queue/change-marks.js';
import { resolvePoolSettings } from '../settings/resolve-offer-settings.js';
import type { SettingService } from '../settings/setting-service.js';
import type { Audit } from '../users/audit.js';
import type { PoolEntry } from './listing.js';
import type { ListingService } from './listing-service.js';

export const SkuNotMoved = defineError<{ sku: string; reason: string }>(
  'SKU_NOT_MOVED',
  409,
  ({ sku, reason }) =>
    `Expected a SKU that one other item of the shop carries now, got ${JSON.stringify(sku)}: ${reason}`,
);

export interface ConfirmMoveParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly shop: Shop;
  readonly settings: SettingService;
  readonly listings: ListingService;
  readonly marks: ChangeMarks;
  readonly audit: Audit;
}

/** From which item to which a SKU moved. */
export interface ConfirmedMove {
  readonly sku: string;
  readonly former: string;
  readonly present: string;
}

/**
 * Confirms that a SKU at Amazon is now the item that carries it in the shop, and marks both products.
 *
 * @throws SkuNotMoved when no listing remembers it, when its item carries it still, or when not exactly one item carries it
 */
export async function confirmMove(
  { account, sku, actor }: { readonly account: Account; readonly sku: string; readonly actor: string },
  on: ConfirmMoveParts,
): Promise<ConfirmedMove> {
  const [memory] = await on.listings.ofSkus(account.id, [sku]);
  if (memory === undefined) throw new SkuNotMoved({ sku, reason: `the account ${account.name} does not remember it.` });
  const present = await onlyHolder(memory, account, on);
  const move = { sku, former: nameItem(memory), present: nameItem(present) };
  await on.db.transaction(async (transaction) => {
    await on.listings.on(transaction).moveTo(account.id, present, on.clock.nowMs());
    const productIds = [...new Set([memory.productId, present.productId])].filter((id) => id > 0);
    await on.marks.on(transaction).mark({ shopId: present.shopId, productIds, action: 'update' }, 'sku-confirmed');
    const { former, present: now } = move;
    const details = { former, present: now };
    await on.audit.record(
      { actor, action: 'listing-confirm', subject: `${sku} of ${account.name}`, details },
      transaction,
    );
  });
  return move;
}

async function onlyHolder(
  memory: PoolEntry,
  account: Account,
  { settings, shop }: ConfirmMoveParts,
): Promise<PoolEntry> {
  const { sku } = memory;
  const { skuSource } = await resolvePoolSettings(account.id, settings);
  if (skuSource === 'ids') throw new SkuNotMoved({ sku, reason: 'SKUs are made of ids here, which never move.' });
  const shopId = memory.shopId || (shop.shopIds[0] ?? 1);
  const holders = await shop.catalogue(shopId).holdersOf(skuSource, [sku]);
  const [holder] = holders;
  if (holder === undefined) throw new SkuNotMoved({ sku, reason: 'nothing in the shop carries it.' });
  if (holders.length > 1)
    throw new SkuNotMoved({ sku, reason: `${holders.map(nameItem).join(', ')} carry it. Leave it to one of them.` });
  const { productId, combinationId } = holder;
  if (productId === memory.productId && combinationId === memory.combinationId)
    throw new SkuNotMoved({ sku, reason: `${nameItem(holder)} carries it as ever. There is nothing to confirm.` });
  return { sku, shopId, productId, combinationId };
}
