import { id, integer, key, shortKey, text, time } from '../table-definition.js';
import { columnMigration, tableMigration } from './define-migration.js';

/** One execution of the export, its documents, and Amazon's answers. */
export const runMigrations = [
  tableMigration('0040-run', {
    name: 'run',
    // mode: verify, display, send. status: running, done, failed, interrupted.
    columns: [
      id('id'),
      key('kind'),
      key('mode'),
      key('status'),
      text('options'),
      key('requested_by'),
      key('owner'),
      time('created_at_ms'),
      time('ended_at_ms', { nullable: true }),
      text('totals'),
      text('fault'),
    ],
    index: { run_status: ['status'], run_created: ['created_at_ms'] },
  }),
  tableMigration('0041-run-log', {
    name: 'run_log',
    // One compressed NDJSON file per run; the path is relative to the data folder.
    columns: [integer('run_id'), text('path'), integer('lines'), integer('bytes')],
    primary: ['run_id'],
  }),
  tableMigration('0042-feed', {
    name: 'feed',
    // One document for Amazon. kind: offer, price, quantity. status: intent, unanswered, submitted, in-progress, done, cancelled, fatal,
    // failed.
    // open_key is set while it counts as open: its unique key is the reservation of design rule 6. Paths are relative to the data folder.
    columns: [
      id('id'),
      integer('run_id'),
      integer('account_id'),
      integer('marketplace_id'),
      key('kind'),
      key('message_type'),
      key('feed_type'),
      key('format'),
      key('status'),
      key('open_key', { nullable: true }),
      integer('messages'),
      integer('document_bytes'),
      text('document_path'),
      key('amazon_document_id', { nullable: true }),
      key('amazon_feed_id', { nullable: true }),
      text('result_path', { nullable: true }),
      integer('accepted', { nullable: true }),
      integer('warnings', { nullable: true }),
      integer('errors', { nullable: true }),
      integer('unknown', { nullable: true }),
      text('fault', { nullable: true }),
      integer('polls'),
      time('next_poll_at_ms', { nullable: true }),
      time('created_at_ms'),
      time('submitted_at_ms', { nullable: true }),
      time('ended_at_ms', { nullable: true }),
      time('settled_at_ms', { nullable: true }),
    ],
    unique: { feed_open_key: ['open_key'], feed_amazon: ['account_id', 'amazon_feed_id'] },
    index: { feed_status: ['status', 'next_poll_at_ms'], feed_run: ['run_id'] },
  }),
  tableMigration('0043-feed-issue', {
    name: 'feed_issue',
    // Errors and warnings only. message_id 0 = the whole feed.
    columns: [
      id('id'),
      integer('feed_id'),
      integer('message_id'),
      shortKey('sku', 40, { nullable: true }),
      shortKey('severity', 12),
      shortKey('code', 20),
      text('description'),
    ],
    index: { feed_issue_feed: ['feed_id', 'code'], feed_issue_sku: ['sku'] },
  }),
  // Written just before createFeed is called; null = it never was, so the feed cannot exist.
  columnMigration('0044-feed-asked', 'feed', time('asked_at_ms', { nullable: true })),
  // Amazon's numbers of feeds that may be this one, as JSON, where several were found: known doubles.
  columnMigration('0045-feed-doubles', 'feed', text('doubles', { nullable: true })),
  // Since when it has been unanswered.
  columnMigration('0046-feed-unanswered', 'feed', time('unanswered_at_ms', { nullable: true })),
  // 1 = found at Amazon after its answer was lost: whether it is ours nobody can prove.
  columnMigration('0047-feed-adopted', 'feed', integer('adopted', { default: 0 })),
  // The suspect_group of everything that it carries; null = it carries nothing suspected.
  columnMigration('0048-feed-suspect-group', 'feed', integer('suspect_group', { nullable: true })),
];
