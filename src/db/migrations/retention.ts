import { time } from '../table-definition.js';
import { columnMigration, indexMigration } from './define-migration.js';

/** When files of the archive were removed or shortened: their rows stay for ever and say so. */
export const retentionMigrations = [
  // Of the document and of Amazon's answer; null = both are kept.
  columnMigration('0060-feed-removed', 'feed', time('removed_at_ms', { nullable: true })),
  columnMigration('0061-run-log-removed', 'run_log', time('removed_at_ms', { nullable: true })),
  // Since when the log lacks the lines of items of which nothing went and against which nothing stood.
  columnMigration('0062-run-log-thinned', 'run_log', time('thinned_at_ms', { nullable: true })),
  // Of what a display rendered.
  columnMigration('0063-run-documents-removed', 'run', time('documents_removed_at_ms', { nullable: true })),
  // What the journal said last of the disk is asked for by each process as it begins.
  indexMigration('0064-journal-code', 'journal', { name: 'journal_code', columns: ['code', 'id'] }),
];
