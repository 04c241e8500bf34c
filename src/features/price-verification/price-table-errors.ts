import { defineError } from '../../core/errors.js';

export const PriceTableUnreadable = defineError<{ path: string; reason: string }>(
  'PRICE_TABLE_UNREADABLE',
  422,
  ({ path, reason }) => `Expected a CSV file with prices, plain or gzipped, at ${path}, got: ${reason}.`,
);

export const PriceTableWrong = defineError<{ line: number; expected: string; received: string }>(
  'PRICE_TABLE_WRONG',
  422,
  ({ line, expected, received }) => `Line ${line} of the price table: expected ${expected}, got ${received}.`,
);
