import { checkedAmount, checkedName, checkedSku } from './checked-values.js';
import type { FeedCurrency } from './currencies.js';
import type { FeedMessage } from './feed-message.js';
import { InvalidFeedInput } from './invalid-feed-input.js';
import { TEXT_LIMITS } from './limits.js';
import { amountElement, parentElement, textElement, type XmlElement } from './xml-element.js';

/** What differs, for one SKU, from the account's own shipping charges. */
export interface OverrideInput {
  readonly sku: string;
  /** An empty list takes earlier overrides away. */
  readonly shippingOverrides: readonly ShippingOverride[];
}

/** A way of shipping that the SKU may not go, or what it costs that way. */
export type ShippingOverride =
  | { readonly shipOption: string; readonly restricted: true }
  | {
      /** Amazon's name of the way of shipping, for example "Std DE Dom"; at most 250 characters. */
      readonly shipOption: string;
      /** `Additive` adds to the account's charge, `Exclusive` stands for it. */
      readonly type: 'Additive' | 'Exclusive';
      /** Decimal text with at most two decimals: "4.90". */
      readonly shipAmount: string;
      readonly currency: FeedCurrency;
    };

/**
 * Makes the Override message of a SKU.
 *
 * @throws InvalidFeedInput when the SKU, a way of shipping or a charge cannot be sent
 * @source Amazon Override feed: ShipOption, then IsShippingRestricted or Type with ShipAmount (checked 2026-11)
 */
export function overrideMessage(input: OverrideInput): FeedMessage {
  const sku = textElement('SKU', checkedSku('SKU', input.sku));
  const overrides = input.shippingOverrides.map((one) => shippingOverrideElement(input.sku, one));
  return { operationType: 'Update', body: parentElement('Override', [sku, ...overrides]) };
}

function shippingOverrideElement(sku: string, override: ShippingOverride): XmlElement {
  const where = { sku, field: 'ShipOption', maxLength: TEXT_LIMITS.shipOption };
  const option = textElement('ShipOption', checkedName(where, override.shipOption));
  if ('restricted' in override) {
    return parentElement('ShippingOverride', [option, textElement('IsShippingRestricted', 'true')]);
  }
  const amount = amountElement('ShipAmount', chargeOf(sku, override.shipAmount), override.currency);
  return parentElement('ShippingOverride', [option, textElement('Type', override.type), amount]);
}

/** Charges have two decimals where prices may have four. */
function chargeOf(sku: string, amount: string): string {
  if (/\.\d{3,}$/.test(amount)) {
    throw new InvalidFeedInput({ sku, field: 'ShipAmount', expected: 'at most 2 decimals', received: amount });
  }
  return checkedAmount(sku, 'ShipAmount', amount);
}
