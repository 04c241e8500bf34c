import type { QueueRow } from '../queue/queue-row.js';
import type { QueueService } from '../queue/queue-service.js';
import type { ExportOptions } from './export-options.js';
import type { WorkOrder } from './plan/planned-sku.js';

/** Products of one shop that wait, with what their marks ask for. */
export interface WorkChunk {
  readonly shopId: number;
  readonly productIds: readonly number[];
  readonly rows: readonly QueueRow[];
  readonly order: WorkOrder;
}

const PRODUCTS_PER_PAGE = 1_000;

/** Looks at what waits in the queue without claiming anything, page by page, each product with all of its marks. */
export async function* waitingWork(
  shopId: number,
  asked: { marketplaceIds: readonly number[]; options: ExportOptions; preview: boolean },
  queue: QueueService,
): AsyncGenerator<WorkChunk> {
  const { marketplaceIds } = asked;
  for (let afterProductId = 0; ; ) {
    const page = { shopId, marketplaceIds, afterProductId, maxProducts: PRODUCTS_PER_PAGE };
    const rows = await queue.rowsOfNextProducts(page);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield workChunk(shopId, rows, asked);
    afterProductId = last.productId;
  }
}

/** Puts the marks of some products together: *create* includes *update*, *delete* names its SKUs, the newest revision counts. */
export function workChunk(
  shopId: number,
  rows: readonly QueueRow[],
  asked: { options: ExportOptions; preview: boolean },
): WorkChunk {
  const revisions = new Map<number, number>();
  const creations = new Set<string>();
  const deletions = new Map<number, Set<string>>();
  const erasures = new Set<string>();
  const { options, preview } = asked;
  for (const row of rows) {
    revisions.set(row.productId, Math.max(row.revision, revisions.get(row.productId) ?? 0));
    if (row.action === 'create') creations.add(`${row.productId}/${row.marketplaceId}`);
    if (row.action !== 'delete') continue;
    // A send erases what its row says: that outlives the run, and what was marked since nobody has confirmed.
    if (row.erase || (preview && options.erase)) erasures.add(`${row.marketplaceId}/${row.sku}`);
    deletions.set(row.productId, (deletions.get(row.productId) ?? new Set()).add(row.sku));
  }
  const order: WorkOrder = {
    options,
    rules: (productId) => ({ revision: revisions.get(productId) ?? 0, everything: options.all, preview }),
    create: (productId, marketplaceId) => creations.has(`${productId}/${marketplaceId}`),
    deletions: (productId) => deletions.get(productId) ?? new Set(),
    erases: (sku, marketplaceId) => erasures.has(`${marketplaceId}/${sku}`),
  };
  return { shopId, productIds: [...revisions.keys()].sort((a, b) => a - b), rows, order };
}
