import type { Feedbridge } from '../compose.js';
import type { Configuration } from '../config/configuration.js';
import { ListingViews } from '../features/listings/listing-views.js';
import { MarkOrders } from '../features/queue/mark-orders.js';
import { MarkRemoval } from '../features/queue/mark-removal.js';
import { ShopWriteService } from '../features/shop-writes/shop-write-service.js';
import { TaskRunStore } from '../scheduler/task-run-store.js';
import { openShopWriter } from '../shop/open-shop-writer.js';

/** What only commands need beside the program. */
export interface CommandParts {
  readonly orders: MarkOrders;
  readonly removal: MarkRemoval;
  readonly listingViews: ListingViews;
  /** How tasks ran. */
  readonly diary: TaskRunStore;
  /** Writes to the shop. */
  readonly shopWrites: ShopWriteService;
}

/** Puts together what only commands need. */
export function assembleCommands(program: Feedbridge): CommandParts {
  return {
    orders: new MarkOrders(program),
    removal: new MarkRemoval(program),
    listingViews: new ListingViews(program.db),
    diary: new TaskRunStore(program.db),
    shopWrites: shopWritesOf(program),
  };
}

function shopWritesOf({ configuration, settings, audit, logger, shop }: Feedbridge): ShopWriteService {
  const url = writingAddress(configuration);
  return new ShopWriteService({
    settings,
    audit,
    openWriter: url === null ? null : () => openShopWriter(url, { logger }),
    catalogue: (shopId) => shop.catalogue(shopId),
  });
}

/** Its own address, whose key may write, or the one by which the shop is read. */
function writingAddress({ shop, shopWebserviceUrl }: Configuration): string | null {
  return shopWebserviceUrl ?? (shop.kind === 'webservice' ? shop.url : null);
}
