import { id, integer, shortKey, time } from '../table-definition.js';
import { columnMigration, tableMigration } from './define-migration.js';

/** What the stock sweep compares, and how long changes take. */
export const sweepMigrations = [
  // What a mark made while a run works on the row says of its change; see 0027 to 0029.
  columnMigration('0070-queue-seen-anew', 'queue', time('seen_anew_at_ms', { nullable: true })),
  columnMigration('0071-queue-source-anew', 'queue', shortKey('source_anew', 12, { nullable: true })),
  // Of the rows that the fingerprint was made of; empty = not known, equal to none.
  columnMigration('0072-last-seen-stock', 'last_seen', shortKey('stock_digest', 16, { default: '' })),
  tableMigration('0073-price-watch', {
    name: 'price_watch',
    // Until when every price that the clock changes has been looked at.
    columns: [integer('shop_id'), time('until_ms')],
    primary: ['shop_id'],
  }),
  tableMigration('0074-change-latency', {
    name: 'change_latency',
    // One row for each change that is done: its product on one marketplace. Nothing sent = no sent_at_ms; refused or lost = no accepted_at_ms.
    columns: [
      id('id'),
      integer('shop_id'),
      integer('product_id'),
      integer('marketplace_id'),
      shortKey('source', 12),
      time('seen_at_ms'),
      time('marked_at_ms'),
      time('sent_at_ms', { nullable: true }),
      time('accepted_at_ms', { nullable: true }),
      time('done_at_ms'),
    ],
    index: { change_latency_done: ['done_at_ms'] },
  }),
];
