import { id, integer, key, shortKey, time } from '../table-definition.js';
import { columnMigration, indexMigration, tableMigration } from './define-migration.js';

/** What the guard holds back until a person decides, and what it counts. */
export const guardMigrations = [
  tableMigration('0050-hold', {
    name: 'hold',
    // kind: first-send, zeroed, price, erased. state: held, released, discarded, gone (none of its lines is held any more).
    columns: [
      id('id'),
      integer('run_id'),
      integer('account_id'),
      shortKey('kind', 12),
      integer('line_count'),
      shortKey('state', 12),
      time('goes_at_ms', { nullable: true }),
      time('created_at_ms'),
      time('decided_at_ms', { nullable: true }),
      key('decided_by', { default: '' }),
    ],
    unique: { hold_run: ['run_id', 'account_id', 'kind'] },
    index: { hold_state: ['state', 'account_id'] },
  }),
  tableMigration('0051-held-line', {
    name: 'held_line',
    // One row per SKU and part that is held, or was released and has not gone yet. product_id is the product to be marked for it.
    columns: [
      integer('account_id'),
      shortKey('sku', 40),
      integer('marketplace_id'),
      shortKey('part', 12),
      integer('hold_id'),
      integer('shop_id'),
      integer('product_id'),
      integer('is_deletion'),
      key('value'),
      key('value_before', { nullable: true }),
      shortKey('state', 12),
    ],
    primary: ['account_id', 'sku', 'marketplace_id', 'part'],
    index: { held_line_hold: ['hold_id'] },
  }),
  tableMigration('0052-grave-change', {
    name: 'grave_change',
    // What has gone in the last day. counts: 0 = a person had released it.
    columns: [
      integer('account_id'),
      shortKey('kind', 12),
      shortKey('sku', 40),
      integer('marketplace_id'),
      key('value'),
      integer('counts'),
      time('at_ms'),
    ],
    primary: ['account_id', 'kind', 'sku', 'marketplace_id'],
    index: { grave_change_at: ['account_id', 'at_ms'] },
  }),
  // When a person released the first send to it; null = that one is held.
  columnMigration('0053-account-first-release', 'account', time('first_released_at_ms', { nullable: true })),
  // A page of what a hold keeps back: without it each page sorted all lines of the hold (230 ms of 100,000 on MariaDB, 2026-11).
  indexMigration('0054-held-line-page', 'held_line', {
    name: 'held_line_page',
    columns: ['hold_id', 'state', 'sku', 'marketplace_id', 'part'],
  }),
];
