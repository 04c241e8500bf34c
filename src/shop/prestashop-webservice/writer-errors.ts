import { defineError } from '../../core/errors.js';

export const ShopWriteLost = defineError<{ what: string; expected: string; received: string }>(
  'SHOP_WRITE_LOST',
  502,
  ({ what, expected, received }) =>
    `Expected the shop to have ${expected} as ${what} after it was written, got ${received}. Look at it in the shop's back office, then repeat.`,
);

export const StockManagedElsewhere = defineError<{ productId: number; combinationId: number }>(
  'STOCK_MANAGED_ELSEWHERE',
  409,
  ({ productId, combinationId }) =>
    `Expected the stock of product ${productId}, combination ${combinationId} to be kept by hand, got advanced stock management, which takes no figure. Change it in the shop's back office.`,
);

export const StockChanged = defineError<{ rowId: number; planned: number; current: number }>(
  'STOCK_CHANGED',
  409,
  ({ rowId, planned, current }) =>
    `Expected stock row ${rowId} to be at ${planned} as planned, got ${current}: an order or a person changed it meanwhile. Nothing was written. Count what is there, then repeat.`,
);
