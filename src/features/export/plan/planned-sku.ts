import type { Catalogue } from '../../../shop/catalogue.js';
import type { ListingMemory, PoolEntry } from '../../listings/listing.js';
import type { ListingService } from '../../listings/listing-service.js';
import type { ExportOptions } from '../export-options.js';
import type { LoggedVerdict } from '../run/run-log-line.js';
import type { ShopFrame } from './account-frame.js';
import type { PlannedPart, PlanRules } from './plan-sku.js';
import type { SiblingShop } from './pool-elsewhere.js';
import type { OptionsOf, PreparedItem } from './prepare-items.js';
import type { CarrierContext } from './sku-carriers.js';

/** What the queue or the caller asks for, product by product. */
export interface WorkOrder {
  readonly options: ExportOptions;
  readonly rules: (productId: number) => PlanRules;
  readonly create: (productId: number, marketplaceId: number) => boolean;
  /** SKUs of a product that a person marked for deletion. */
  readonly deletions: (productId: number) => ReadonlySet<string>;
  /** Whether a SKU that is marked for deletion is taken off Amazon there. */
  readonly erases: (sku: string, marketplaceId: number) => boolean;
}

/** One SKU of the batch with what becomes of each of its parts. */
export interface PlannedSku {
  readonly carrier: PoolEntry;
  readonly revision: number;
  readonly planned: readonly PlannedPart[];
  /** Null for a SKU that nothing carries any more. */
  readonly prepared: PreparedItem | null;
  readonly memory: ListingMemory | null;
  readonly verdicts: readonly LoggedVerdict[];
  readonly notes: readonly string[];
  /** Marketplaces on which it was asked to be created. */
  readonly createOn: readonly number[];
  /** Products that sell under a SKU which another product gave up: they must be looked at, since nothing of their own changed. */
  readonly heirs?: readonly number[];
  /** The product with the deletion mark that takes this SKU to 0; left out for every other SKU. */
  readonly deletedBy?: number;
}

/** What planning a batch of one shop's products works with. */
export interface BatchContext {
  readonly catalogue: Catalogue;
  readonly frame: ShopFrame;
  readonly listings: ListingService;
  readonly optionsOf: OptionsOf;
  readonly loadOptions: CarrierContext['loadOptions'];
  readonly order: WorkOrder;
  /** The account's other shops; none for most accounts. */
  readonly siblings: readonly SiblingShop[];
}
