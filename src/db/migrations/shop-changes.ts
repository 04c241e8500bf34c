import { id, integer, key, shortKey, text, time } from '../table-definition.js';
import { tableMigration } from './define-migration.js';

/** What the shop tells us of its changes. */
export const shopChangeMigrations = [
  tableMigration('0075-hook-key', {
    name: 'hook_key',
    // key_id is public, the secret is sealed: a signature can be checked only by who can make it.
    columns: [
      id('id'),
      shortKey('key_id', 40),
      key('name'),
      text('sealed_secret'),
      time('created_at_ms'),
      time('last_used_at_ms', { nullable: true }),
    ],
    unique: { hook_key_key_id: ['key_id'], hook_key_name: ['name'] },
  }),
  tableMigration('0076-shop-notice', {
    name: 'shop_notice',
    // One batch of notices: the inbox while drained_at_ms is null, the memory of its nonce afterwards.
    // changes: [[product, seen at in epoch ms], …] as JSON, each product once; empty once drained.
    columns: [
      id('id'),
      integer('hook_key_id'),
      shortKey('nonce', 64),
      shortKey('body_digest', 64),
      integer('shop_id'),
      integer('change_count'),
      text('changes'),
      time('received_at_ms'),
      time('drained_at_ms', { nullable: true }),
    ],
    unique: { shop_notice_nonce: ['hook_key_id', 'nonce'] },
    index: { shop_notice_waiting: ['drained_at_ms', 'id'] },
  }),
];
