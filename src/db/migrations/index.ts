import { accountMigrations } from './accounts.js';
import type { Migration } from './define-migration.js';
import { foundationMigrations } from './foundation.js';
import { guardMigrations } from './guard.js';
import { listingMigrations } from './listings.js';
import { queueMigrations } from './queue.js';
import { retentionMigrations } from './retention.js';
import { runMigrations } from './runs.js';
import { shopChangeMigrations } from './shop-changes.js';
import { simulatorMigrations } from './simulator.js';
import { sweepMigrations } from './sweep.js';

/** Every change of the tables, in the order of their numbers. A merged one is never edited. */
export const migrations: readonly Migration[] = [
  ...foundationMigrations,
  ...accountMigrations,
  ...queueMigrations,
  ...listingMigrations,
  ...runMigrations,
  ...guardMigrations,
  ...retentionMigrations,
  ...sweepMigrations,
  ...shopChangeMigrations,
  ...simulatorMigrations,
];
