import { defineError } from '../../core/errors.js';

export const DemoShopFileTaken = defineError<{ file: string; tables: readonly string[] }>(
  'DEMO_SHOP_FILE_TAKEN',
  409,
  ({ file, tables }) =>
    `Expected ${file} to hold the demo shop or nothing yet, found other tables (${tables.join(', ')}). Move that file away and start again.`,
);

export const DemoShopFileBroken = defineError<{ file: string; reason: string }>(
  'DEMO_SHOP_FILE_BROKEN',
  409,
  ({ file, reason }) =>
    `Expected ${file} to be an SQLite database, got: ${reason}. Remove it: the demo shop is filled anew at the next start.`,
);

export const DemoShopFileUnusable = defineError<{ file: string; reason: string }>(
  'DEMO_SHOP_FILE_UNUSABLE',
  503,
  ({ file, reason }) =>
    `Expected a demo shop that can be written in ${file}, got: ${reason}. Give this user the right to write it, or set FEEDBRIDGE_DATA to another folder.`,
);

export const DemoItemUnknown = defineError<{ productId: number; combinationId: number }>(
  'DEMO_ITEM_UNKNOWN',
  404,
  ({ productId, combinationId }) =>
    `Expected ${combinationId === 0 ? '' : `combination ${combinationId} of `}product ${productId} in the demo shop, found none. Choose one that it sells.`,
);

export const InvalidStockQuantity = defineError<{ quantity: number }>(
  'INVALID_STOCK_QUANTITY',
  422,
  ({ quantity }) => `Expected a whole number of pieces (it may be negative), got ${quantity}.`,
);
