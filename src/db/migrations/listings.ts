import { id, integer, key, shortKey, time } from '../table-definition.js';
import { columnMigration, tableMigration } from './define-migration.js';

/** What we remember of each SKU at Amazon. */
export const listingMigrations = [
  tableMigration('0030-pool-listing', {
    name: 'pool_listing',
    // Quantity, handling time, channel and condition of a SKU exist once per account. product_id 0 = an orphan: the shop never had it.
    columns: [
      id('id'),
      integer('account_id'),
      shortKey('sku', 40),
      integer('shop_id'),
      integer('product_id'),
      integer('combination_id'),
      shortKey('channel', 20),
      time('created_at_ms'),
    ],
    unique: { pool_listing_sku: ['account_id', 'sku'] },
    index: { pool_listing_product: ['account_id', 'shop_id', 'product_id'] },
  }),
  tableMigration('0031-listing', {
    name: 'listing',
    // at_amazon: 1 = the last reading had it or Amazon accepted it, 0 = known not to exist, null = never tried.
    // create_intent: 1 from the moment a person or program asked to create it until Amazon accepted it.
    columns: [
      integer('pool_listing_id'),
      integer('marketplace_id'),
      integer('at_amazon', { nullable: true }),
      integer('create_intent'),
      shortKey('asin', 20),
      shortKey('status', 20),
      time('read_at_ms', { nullable: true }),
    ],
    primary: ['pool_listing_id', 'marketplace_id'],
  }),
  tableMigration('0032-part', {
    name: 'part',
    // marketplace_id 0 = the pool. state: open, accepted, rejected, unknown. Values are canonical texts, compared as such.
    columns: [
      integer('pool_listing_id'),
      integer('marketplace_id'),
      shortKey('part', 12),
      shortKey('state', 12),
      key('desired_value', { nullable: true }),
      key('submitted_value', { nullable: true }),
      integer('submitted_feed_id', { nullable: true }),
      integer('submitted_revision', { nullable: true }),
      time('submitted_at_ms', { nullable: true }),
      key('accepted_value', { nullable: true }),
      time('accepted_at_ms', { nullable: true }),
      key('effective_value', { nullable: true }),
      time('effective_at_ms', { nullable: true }),
      integer('tries'),
    ],
    primary: ['pool_listing_id', 'marketplace_id', 'part'],
    index: { part_feed: ['submitted_feed_id'] },
  }),
  tableMigration('0033-history', {
    name: 'history',
    // Append-only, one row per change. event: submitted, accepted, rejected, unknown, read. Amazon's words are in feed_issue.
    columns: [
      id('id'),
      integer('account_id'),
      integer('marketplace_id'),
      shortKey('sku', 40),
      shortKey('part', 12),
      shortKey('event', 12),
      key('value', { nullable: true }),
      key('value_before', { nullable: true }),
      integer('run_id', { nullable: true }),
      integer('feed_id', { nullable: true }),
      time('at_ms'),
    ],
    index: { history_sku: ['account_id', 'sku', 'id'] },
  }),
  // A feed with it ended FATAL and nothing said why: it goes only together with the parts of its group, until the message to blame is found.
  // Group = number of the feed that ended so * 2, or * 2 + 1 for the other half; null = it is not suspected.
  columnMigration('0034-part-suspect-group', 'part', integer('suspect_group', { nullable: true })),
];
