import { checkedCount, checkedDate, checkedHandlingDays, checkedName, checkedSku } from './checked-values.js';
import type { FeedMessage } from './feed-message.js';
import { parentElement, textElement } from './xml-element.js';

/** What the seller has of a SKU and ships himself. Amazon keeps one such figure per SKU for all marketplaces of an account. */
export interface InventoryInput {
  readonly sku: string;
  /** Sellable pieces, from 0. */
  readonly quantity: number;
  /** The day from which it is in stock again, "2026-12-24". */
  readonly restockDate?: string | undefined;
  /** Business days until the parcel leaves, 1 to 30; left out keeps what Amazon has. */
  readonly handlingDays?: number | undefined;
}

/**
 * Makes the Inventory message of a SKU that the seller ships.
 *
 * @throws InvalidFeedInput when the SKU, the quantity, the day or the handling time cannot be sent
 * @source Amazon Inventory feed: SKU, Quantity, RestockDate, FulfillmentLatency (checked 2026-11)
 */
export function inventoryMessage(input: InventoryInput): FeedMessage {
  const { sku, quantity, restockDate, handlingDays } = input;
  const children = [
    textElement('SKU', checkedSku('SKU', sku)),
    textElement('Quantity', checkedCount({ sku, field: 'Quantity', min: 0 }, quantity)),
  ];
  if (restockDate !== undefined)
    children.push(textElement('RestockDate', checkedDate(sku, 'RestockDate', restockDate)));
  if (handlingDays !== undefined)
    children.push(textElement('FulfillmentLatency', checkedHandlingDays(sku, handlingDays)));
  return { operationType: 'Update', body: parentElement('Inventory', children) };
}

/** A SKU that Amazon ships from its own warehouses: it never gets a quantity from us. */
export interface AmazonFulfillmentInput {
  readonly sku: string;
  /** "AMAZON_EU", "AMAZON_NA", "AMAZON_JP" …; at most 50 characters. */
  readonly fulfillmentCenterId: string;
}

/**
 * Makes the Inventory message that hands a SKU over to Amazon's fulfilment.
 *
 * @throws InvalidFeedInput when the SKU or the fulfilment center cannot be sent
 * @source Amazon Inventory feed: FulfillmentCenterID, Lookup, SwitchFulfillmentTo (checked 2026-11)
 */
export function amazonFulfillmentMessage(input: AmazonFulfillmentInput): FeedMessage {
  const { sku, fulfillmentCenterId } = input;
  const where = { sku, field: 'FulfillmentCenterID', maxLength: 50 };
  const children = [
    textElement('SKU', checkedSku('SKU', sku)),
    textElement('FulfillmentCenterID', checkedName(where, fulfillmentCenterId)),
    textElement('Lookup', 'FulfillmentNetwork'),
    textElement('SwitchFulfillmentTo', 'AFN'),
  ];
  return { operationType: 'Update', body: parentElement('Inventory', children) };
}
