import type { CatalogueBatch, Shop } from '../../shop/catalogue.js';
import type { ShopFrame } from '../export/plan/account-frame.js';
import { optionsBy, type PreparedItem, prepareItem } from '../export/plan/prepare-items.js';
import { refuseDuplicates } from '../export/plan/refuse-duplicates.js';
import type { ProductOptionService } from '../offers/product-option-service.js';

/**
 * Judges and computes a batch of products as a run does, in a fixed number of queries.
 *
 * A collision of SKUs comes and goes with another product: every item in it has the fault here. Whom a listing remembers is the run's
 * to ask.
 */
export async function prepareBatch(
  batch: CatalogueBatch,
  frame: ShopFrame,
  from: { readonly shop: Shop; readonly options: ProductOptionService },
): Promise<readonly PreparedItem[]> {
  const { shopId } = frame.context;
  const loadOptions = async (productIds: readonly number[]) =>
    optionsBy(await from.options.ofProducts(shopId, productIds));
  const optionsOf = await loadOptions(batch.productIds);
  const items = batch.items.map((item) => prepareItem(item, frame, optionsOf));
  await refuseDuplicates(items, { catalogue: from.shop.catalogue(shopId), frame, loadOptions, memoryOf: () => null });
  return items;
}
