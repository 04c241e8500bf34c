import { oneOf, onOff, wholeNumber } from './basic-kinds.js';
import { poolSetting } from './setting-definition.js';
import { orWord } from './setting-kind.js';

const PIECES = { unit: 'pieces' } as const;
const quantity = wholeNumber(0, 99_999_999);

/** The one stock that an account has at Amazon. */
export const stockSettings = {
  'sku-source': poolSetting(oneOf(['reference', 'supplier-reference', 'ean13', 'ids']), 'reference', {
    description: 'Which field of the shop is the SKU at Amazon. Another one means other listings.',
    because: 'The SKU is the key of every offer.',
  }),
  reserve: poolSetting(quantity, '0', {
    ...PIECES,
    description: "Held back from the shop's quantity.",
    because: 'It is taken off every quantity.',
  }),
  cap: poolSetting(orWord('none', quantity), 'none', {
    ...PIECES,
    description: 'The most that is ever shown.',
    because: 'It bounds every quantity.',
  }),
  'fixed-quantity': poolSetting(orWord('none', quantity), 'none', {
    ...PIECES,
    description: 'Sent for items that are forced in stock, or where the shop keeps no stock; none = 0.',
    because: 'It is the quantity of items that the shop does not count.',
  }),
  preorder: poolSetting(onOff, 'off', {
    description: 'Whether items with a future availability date are announced with a restock date.',
    because: 'It decides between a restock date and a quantity of 0.',
  }),
  // Both formats agree on 1 to 30: XML wants a positive number, JSON ends at 30.
  'handling-time': poolSetting(orWord('none', wholeNumber(1, 30)), 'none', {
    unit: 'business days',
    description: "Until an order is handed to the carrier; none leaves Amazon's own figure.",
    because: 'It goes with every quantity.',
  }),
};
