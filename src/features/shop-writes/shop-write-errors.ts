import { defineError } from '../../core/errors.js';

export const ShopWritesOff = defineError(
  'SHOP_WRITES_OFF',
  403,
  'Writing to the shop is switched off. Switch it on with "feedbridge settings set shop-writes on".',
);

export const ShopWriteAddressMissing = defineError(
  'SHOP_WRITE_ADDRESS_MISSING',
  422,
  "Expected the address of the shop's Webservice, got none: a shop is written to by its Webservice only. Set FEEDBRIDGE_SHOP_WEBSERVICE=https://KEY@HOST/PATH/api, or name a file that holds it with FEEDBRIDGE_SHOP_WEBSERVICE_FILE.",
);

export const ReferencesFaulty = defineError<{ faults: readonly string[] }>('REFERENCES_FAULTY', 422, ({ faults }) =>
  [
    `Expected references that can be written, got ${faults.length === 1 ? 'one fault' : `${faults.length} faults`}; nothing was written. Correct the file.`,
    ...faults.map((fault) => `- ${fault}`),
  ].join('\n'),
);

export const StockRowMissing = defineError<{ shopId: number; productId: number; combinationId: number }>(
  'STOCK_ROW_MISSING',
  404,
  ({ shopId, productId, combinationId }) =>
    `Expected a stock row of product ${productId}, combination ${combinationId} in shop ${shopId}, got none. Save the product once in the shop's back office.`,
);

export const StockIsSum = defineError<{ productId: number }>(
  'STOCK_IS_SUM',
  409,
  ({ productId }) =>
    `Product ${productId} has combinations: its own stock is their sum, which PrestaShop works out. Name the combination.`,
);
