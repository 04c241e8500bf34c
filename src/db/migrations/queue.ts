import { id, integer, key, shortKey, text, time } from '../table-definition.js';
import { columnMigration, tableMigration } from './define-migration.js';

/** What waits to be looked at, and what the sweep saw last. */
export const queueMigrations = [
  tableMigration('0020-queue', {
    name: 'queue',
    // action: update, create, delete. sku is empty but for delete. revision grows with every mark, over the whole table.
    // claimed_run_id null = waiting. compared_parts: bit mask of the parts compared since the mark (1 offer, 2 price, 4 quantity,
    // 8 metadata, 16 images). waiting_parts: how many (SKU, part) must still be sent when those in flight have settled.
    columns: [
      id('id'),
      integer('shop_id'),
      integer('product_id'),
      integer('marketplace_id'),
      shortKey('action', 12),
      shortKey('sku', 40),
      integer('revision'),
      integer('claimed_run_id', { nullable: true }),
      integer('claimed_revision', { nullable: true }),
      time('claimed_at_ms', { nullable: true }),
      time('not_before_ms'),
      integer('tries'),
      integer('compared_parts'),
      integer('waiting_parts'),
      key('reason'),
      time('created_at_ms'),
      time('marked_at_ms'),
    ],
    unique: { queue_subject: ['marketplace_id', 'shop_id', 'product_id', 'action', 'sku'] },
    index: {
      queue_waiting: ['marketplace_id', 'claimed_run_id', 'marked_at_ms'],
      queue_claimed: ['claimed_run_id', 'product_id'],
    },
  }),
  tableMigration('0021-last-seen', {
    name: 'last_seen',
    // seen_at_ms: when the fingerprint last changed. missed_at_ms: since when a sweep has not found the product; null while it is there.
    columns: [
      integer('account_id'),
      integer('shop_id'),
      integer('product_id'),
      shortKey('fingerprint', 32),
      time('seen_at_ms'),
      time('missed_at_ms', { nullable: true }),
    ],
    primary: ['account_id', 'shop_id', 'product_id'],
  }),
  tableMigration('0022-product-option', {
    name: 'product_option',
    // combination_id 0 = the product, marketplace_id 0 = every marketplace. A null column says nothing: the wider row decides.
    columns: [
      integer('shop_id'),
      integer('product_id'),
      integer('combination_id'),
      integer('marketplace_id'),
      integer('disabled', { nullable: true }),
      integer('force_in_stock', { nullable: true }),
      integer('no_price', { nullable: true }),
      integer('no_quantity', { nullable: true }),
      key('asin', { nullable: true }),
      key('price_override', { nullable: true }),
      text('bullet_1', { nullable: true }),
      text('bullet_2', { nullable: true }),
      text('bullet_3', { nullable: true }),
      text('bullet_4', { nullable: true }),
      text('bullet_5', { nullable: true }),
      text('condition_note', { nullable: true }),
      text('title', { nullable: true }),
      text('description', { nullable: true }),
      key('browse_node', { nullable: true }),
      integer('handling_time_days', { nullable: true }),
      integer('gift_wrap', { nullable: true }),
      integer('gift_message', { nullable: true }),
      key('shipping_template', { nullable: true }),
      key('shipping_override', { nullable: true }),
      integer('amazon_fulfilled', { nullable: true }),
      key('amazon_fulfilled_supplement', { nullable: true }),
      time('changed_at_ms'),
    ],
    primary: ['shop_id', 'product_id', 'combination_id', 'marketplace_id'],
  }),
  // The run that looked at the product last, and how many (SKU, part) that one left waiting: a run that looks again counts it once.
  columnMigration('0023-queue-looked-run', 'queue', integer('looked_run_id', { nullable: true })),
  columnMigration('0024-queue-left-waiting', 'queue', integer('left_waiting', { default: 0 })),
  // 0 = claimed, and the run has not recorded yet what it did with it: nobody but that run may end it.
  columnMigration('0025-queue-plan-recorded', 'queue', integer('plan_recorded', { default: 1 })),
  // Of a deletion: 1 = a person confirmed that the SKU is taken off Amazon, by whichever run; 0 = it is brought to 0.
  columnMigration('0026-queue-erase', 'queue', integer('erase', { default: 0 })),
  // Latency: when the oldest change that the row stands for was seen (0 = not known), by whom (sweep, notice, trigger, other), and when it was
  // marked. What is marked while a run works on the row is a change of its own: `…_anew`, null where nothing was.
  columnMigration('0027-queue-seen', 'queue', time('seen_at_ms', { default: 0 })),
  columnMigration('0028-queue-source', 'queue', shortKey('source', 12, { default: 'other' })),
  columnMigration('0029-queue-first-marked', 'queue', time('first_marked_at_ms', { default: 0 })),
];
