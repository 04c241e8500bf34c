import { shortKey, time } from '../table-definition.js';
import { columnMigration } from './define-migration.js';

/** What the stock sweep compares, and how long changes take. */
export const sweepMigrations = [
  // What a mark made while a run works on the row says of its change; see 0027 to 0029.
  columnMigration('0070-queue-seen-anew', 'queue', time('seen_anew_at_ms', { nullable: true })),
  columnMigration('0071-queue-source-anew', 'queue', shortKey('source_anew', 12, { nullable: true })),
];
