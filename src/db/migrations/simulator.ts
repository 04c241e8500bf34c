import { id, integer, key, shortKey, text, time } from '../table-definition.js';
import type { Migration } from './define-migration.js';
import { tableMigration } from './define-migration.js';

const seller = shortKey('seller_id', 32);
const sku = shortKey('sku', 40);
const marketplace = shortKey('marketplace_id', 20);

/** The simulated Amazon's own memory; numbers 0101–0199. */
export const simulatorMigrations: readonly Migration[] = [
  tableMigration('0101-sim-seller', {
    name: 'sim_seller',
    // signing_key signs the access tokens and document links of this seller; seeded_at_ms is set when the first listings are all there.
    columns: [seller, key('signing_key'), time('created_at_ms'), time('seeded_at_ms', { nullable: true })],
    primary: ['seller_id'],
  }),
  tableMigration('0102-sim-marketplace', {
    name: 'sim_marketplace',
    columns: [seller, marketplace, shortKey('country', 2), shortKey('currency', 3)],
    primary: ['seller_id', 'marketplace_id'],
  }),
  tableMigration('0103-sim-listing', {
    name: 'sim_listing',
    // One stock per seller and SKU. quantity null = Amazon fulfils. Readers see quantity_before until quantity_from_ms. code: 14 digits or empty.
    columns: [
      seller,
      sku,
      shortKey('asin', 10),
      shortKey('code', 14),
      shortKey('item_condition', 30),
      shortKey('channel', 20),
      integer('quantity', { nullable: true }),
      integer('quantity_before', { nullable: true }),
      time('quantity_from_ms'),
      integer('handling_days', { nullable: true }),
      shortKey('restock_date', 10, { nullable: true }),
      time('created_at_ms'),
    ],
    primary: ['seller_id', 'sku'],
  }),
  tableMigration('0104-sim-offer', {
    name: 'sim_offer',
    // Prices are decimal texts. Readers see terms_before (JSON, null = no price at all) until terms_from_ms. desired_price is told by tests.
    columns: [
      seller,
      sku,
      marketplace,
      shortKey('price', 24, { nullable: true }),
      shortKey('sale_price', 24, { nullable: true }),
      time('sale_start_ms', { nullable: true }),
      time('sale_end_ms', { nullable: true }),
      shortKey('min_price', 24, { nullable: true }),
      shortKey('max_price', 24, { nullable: true }),
      text('terms_before', { nullable: true }),
      time('terms_from_ms'),
      text('business_terms', { nullable: true }),
      text('title'),
      text('shipping_group', { nullable: true }),
      text('details', { nullable: true }),
      text('images', { nullable: true }),
      shortKey('desired_price', 24, { nullable: true }),
      time('created_at_ms'),
    ],
    primary: ['seller_id', 'marketplace_id', 'sku'],
    index: { sim_offer_sku: ['seller_id', 'sku'] },
  }),
  tableMigration('0105-sim-document', {
    name: 'sim_document',
    // uploaded_at_ms null = nobody has put bytes there yet. compressed: 1 = handed out as gzip and said so.
    columns: [
      shortKey('document_id', 100),
      seller,
      text('content_type'),
      integer('compressed'),
      integer('size_bytes'),
      time('created_at_ms'),
      time('uploaded_at_ms', { nullable: true }),
    ],
    primary: ['document_id'],
    index: { sim_document_created: ['created_at_ms'] },
  }),
  tableMigration('0106-sim-document-part', {
    name: 'sim_document_part',
    // The gzipped bytes in base64, in pieces, so that neither side ever holds a whole document.
    columns: [shortKey('document_id', 100), integer('part'), text('body')],
    primary: ['document_id', 'part'],
  }),
  tableMigration('0107-sim-feed', {
    name: 'sim_feed',
    // applied counts the messages worked off, so that a feed cut short by a crash goes on where it stopped.
    columns: [
      id('id'),
      seller,
      shortKey('feed_type', 100),
      text('marketplace_ids'),
      shortKey('input_document_id', 100),
      shortKey('status', 12),
      time('created_at_ms'),
      time('started_at_ms', { nullable: true }),
      time('ended_at_ms', { nullable: true }),
      integer('applied'),
      integer('with_error'),
      integer('with_warning'),
      shortKey('result_document_id', 100, { nullable: true }),
    ],
    index: { sim_feed_status: ['status'], sim_feed_chain: ['seller_id', 'feed_type', 'ended_at_ms'] },
  }),
  tableMigration('0108-sim-feed-result', {
    name: 'sim_feed_result',
    columns: [
      id('id'),
      integer('feed_id'),
      shortKey('message_id', 20),
      shortKey('result', 7),
      shortKey('code', 20),
      text('description'),
      shortKey('sku', 40, { nullable: true }),
    ],
    index: { sim_feed_result_feed: ['feed_id', 'id'] },
  }),
  tableMigration('0109-sim-report', {
    name: 'sim_report',
    columns: [
      id('id'),
      seller,
      shortKey('report_type', 100),
      text('marketplace_ids'),
      shortKey('status', 12),
      time('data_start_ms', { nullable: true }),
      time('data_end_ms', { nullable: true }),
      time('created_at_ms'),
      time('started_at_ms', { nullable: true }),
      time('ended_at_ms', { nullable: true }),
      shortKey('document_id', 100, { nullable: true }),
    ],
    index: { sim_report_status: ['status'] },
  }),
  tableMigration('0110-sim-log', {
    name: 'sim_log',
    // Append-only: every accepted write and sale, by which tests judge. kind: see LogKind in src/simulator/state/log-entry.ts.
    columns: [
      id('id'),
      seller,
      time('at_ms'),
      shortKey('kind', 24),
      sku,
      shortKey('marketplace_id', 20, { nullable: true }),
      integer('feed_id', { nullable: true }),
      shortKey('message_id', 20, { nullable: true }),
      text('what'),
    ],
    index: { sim_log_sku: ['seller_id', 'sku', 'id'], sim_log_feed: ['feed_id'] },
  }),
  tableMigration('0111-sim-fault', {
    name: 'sim_fault',
    // Faults on command. seller_id null = every seller. fault_order: FaultOrder as JSON. times null = without end.
    columns: [
      id('id'),
      shortKey('seller_id', 32, { nullable: true }),
      text('fault_order'),
      integer('times', { nullable: true }),
      integer('seen'),
      integer('drawn'),
      time('created_at_ms'),
    ],
  }),
  tableMigration('0112-sim-fate', {
    name: 'sim_fate',
    // What was drawn for a feed or report when it started. work: feed or report; work_id: its row. held: 1 = stuck until it is released.
    columns: [
      shortKey('work', 6),
      integer('work_id'),
      text('faults'),
      integer('held'),
      time('released_at_ms', { nullable: true }),
    ],
    primary: ['work', 'work_id'],
  }),
  tableMigration('0113-sim-sale-edge', {
    name: 'sim_sale_edge',
    // Instants at which a sale of a SKU begins or ends and nobody has looked yet.
    columns: [seller, sku, time('at_ms')],
    primary: ['seller_id', 'sku', 'at_ms'],
    index: { sim_sale_edge_at: ['at_ms'] },
  }),
];
