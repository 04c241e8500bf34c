import type { ExportDependencies } from './export-dependencies.js';
import type { AccountScope } from './export-scope.js';
import type { RunRecorder } from './run/run-recorder.js';

/**
 * Marks what a send was told to send beside the waiting rows: everything, named products, or what changed since an instant.
 *
 * Everything = all products of the shop, and those that only the listings still remember.
 */
export async function markSelection(scope: AccountScope, recorder: RunRecorder, on: ExportDependencies): Promise<void> {
  const { options, requestedBy } = recorder.run;
  if (!options.all && options.products === null && options.since === null) return;
  for (const shopId of new Set(scope.marketplaces.map((one) => one.shopId))) {
    const marketplaceIds = scope.marketplaces.filter((one) => one.shopId === shopId).map((one) => one.id);
    let marked = 0;
    for await (const productIds of selectedProducts(shopId, scope, { recorder, on })) {
      await on.queue.mark(
        { shopId, productIds, marketplaceIds, action: options.create ? 'create' : 'update' },
        requestedBy,
      );
      marked += productIds.length;
      recorder.progress({ phase: 'marking', products: marked, productsTotal: null, items: 0, feedsOpen: 0 });
    }
  }
}

async function* selectedProducts(
  shopId: number,
  { account }: AccountScope,
  { recorder, on }: { recorder: RunRecorder; on: ExportDependencies },
): AsyncGenerator<readonly number[]> {
  const { options } = recorder.run;
  if (options.products !== null) yield options.products;
  if (options.since !== null) yield* on.changedSince({ accountId: account.id, shopId }, Date.parse(options.since));
  if (!options.all) return;
  const query = {
    selection: { kind: 'all' as const },
    priceViews: [],
    textLanguages: [],
    withImages: false,
    atMs: on.clock.nowMs(),
  };
  for await (const batch of on.shop.catalogue(shopId).batches(query)) yield batch.productIds;
  for await (const productIds of on.listings.productIds(account.id, shopId)) yield productIds;
}
