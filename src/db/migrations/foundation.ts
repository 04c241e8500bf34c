import { id, integer, key, type TableDefinition, text, time } from '../table-definition.js';
import { tableMigration } from './define-migration.js';

/** The table of the locks, which the migrations themselves run under. */
export const lockTable: TableDefinition = {
  name: 'lock',
  // owner empty = free; fence counts how often the lock was taken; note tells others what the owner offers (an address).
  columns: [key('name'), key('owner'), integer('fence'), time('expires_at_ms'), text('note')],
  primary: ['name'],
};

/** What everything else stands on: counters, locks, settings, the journal and the audit of what people did. */
export const foundationMigrations = [
  tableMigration('0001-sequence', {
    name: 'sequence',
    columns: [key('name'), integer('value')],
    primary: ['name'],
  }),
  tableMigration('0002-lock', lockTable),
  tableMigration('0003-setting', {
    name: 'setting',
    // scope: global, account, marketplace; scope_id is 0 for global.
    columns: [key('name'), key('scope'), integer('scope_id'), text('value'), time('changed_at_ms')],
    primary: ['name', 'scope', 'scope_id'],
  }),
  tableMigration('0004-journal', {
    name: 'journal',
    columns: [
      id('id'),
      time('at_ms'),
      key('level'),
      key('code'),
      text('message'),
      integer('run_id', { nullable: true }),
      integer('account_id', { nullable: true }),
      integer('marketplace_id', { nullable: true }),
      key('sku', { nullable: true }),
      integer('product_id', { nullable: true }),
    ],
    index: { journal_at: ['at_ms'], journal_run: ['run_id'], journal_sku: ['sku'] },
  }),
  tableMigration('0005-audit', {
    name: 'audit',
    columns: [id('id'), time('at_ms'), key('actor'), key('action'), text('subject'), text('details')],
    index: { audit_at: ['at_ms'] },
  }),
  tableMigration('0006-task-run', {
    name: 'task_run',
    // status: running, done, failed, skipped, timed-out, interrupted
    columns: [
      id('id'),
      key('task'),
      key('status'),
      key('owner'),
      time('started_at_ms'),
      time('ended_at_ms', { nullable: true }),
      text('result'),
    ],
    index: { task_run_task: ['task', 'started_at_ms'] },
  }),
];
