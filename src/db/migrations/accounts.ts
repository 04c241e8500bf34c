import { id, integer, key, text, time } from '../table-definition.js';
import { tableMigration } from './define-migration.js';

/** Whom we connect: shop contexts, seller accounts and their marketplaces, and the people and programs that may use the service. */
export const accountMigrations = [
  tableMigration('0010-shop', {
    name: 'shop',
    columns: [integer('id'), text('name'), key('time_zone'), time('created_at_ms')],
    primary: ['id'],
  }),
  tableMigration('0011-account', {
    name: 'account',
    // base_url "simulator" is our own local Amazon. Secrets are sealed. listings_read_at_ms null = nothing may be sent yet.
    columns: [
      id('id'),
      key('name'),
      key('region'),
      integer('shop_id'),
      key('seller_id'),
      text('base_url'),
      text('token_url'),
      text('client_id'),
      text('client_secret_sealed'),
      text('refresh_token_sealed'),
      key('feed_format'),
      key('state'),
      time('listings_read_at_ms', { nullable: true }),
      time('created_at_ms'),
    ],
    unique: { account_name: ['name'] },
  }),
  tableMigration('0012-marketplace', {
    name: 'marketplace',
    columns: [
      id('id'),
      integer('account_id'),
      integer('shop_id'),
      key('country'),
      key('amazon_id'),
      key('currency'),
      integer('active'),
      text('inactive_reason'),
      time('created_at_ms'),
    ],
    unique: { marketplace_country: ['account_id', 'country'] },
  }),
  tableMigration('0013-user', {
    name: 'user',
    columns: [id('id'), key('name'), text('password_hash'), key('role'), time('created_at_ms')],
    unique: { user_name: ['name'] },
  }),
  tableMigration('0014-session', {
    name: 'session',
    // The cookie's value is never stored, only its hash.
    columns: [key('token_hash'), integer('user_id'), key('csrf_token'), time('created_at_ms'), time('expires_at_ms')],
    primary: ['token_hash'],
  }),
  tableMigration('0015-api-token', {
    name: 'api_token',
    columns: [
      id('id'),
      key('name'),
      key('token_hash'),
      time('created_at_ms'),
      time('last_used_at_ms', { nullable: true }),
    ],
    unique: { api_token_name: ['name'], api_token_hash: ['token_hash'] },
  }),
];
