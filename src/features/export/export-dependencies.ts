import type { AmazonAccount } from '../../amazon/amazon-account.js';
import type { Clock, pause } from '../../core/clock.js';
import type { Logger } from '../../core/logger.js';
import type { HeldLock, LockStore } from '../../db/lock-store.js';
import type { Db } from '../../db/open-database.js';
import type { LockTimes } from '../../scheduler/keep-lock.js';
import type { CatalogueBatch, Shop } from '../../shop/catalogue.js';
import type { Account } from '../accounts/account.js';
import type { AccountService } from '../accounts/account-service.js';
import type { Journal } from '../journal/journal.js';
import type { ListingReader } from '../listings/listing-reader.js';
import type { ListingService } from '../listings/listing-service.js';
import type { ProductOptionService } from '../offers/product-option-service.js';
import type { QueueService } from '../queue/queue-service.js';
import type { Archive } from '../reports/archive.js';
import type { DiskWatch } from '../reports/disk-watch.js';
import type { Feed } from '../reports/feed.js';
import type { FeedService } from '../reports/feed-service.js';
import type { SettingService } from '../settings/setting-service.js';
import type { Audit } from '../users/audit.js';
import type { GuardService } from './guard/guard-service.js';
import type { HoldDecisions } from './guard/hold-decisions.js';
import type { ShopFrame } from './plan/account-frame.js';

/** What the export works with; made once by compose. */
export interface ExportDependencies {
  readonly db: Db;
  readonly clock: Clock;
  readonly pause: typeof pause;
  readonly logger: Logger;
  readonly locks: LockStore;
  readonly lockTimes: LockTimes;
  readonly archive: Archive;
  readonly disk: DiskWatch;
  readonly shop: Shop;
  readonly accounts: AccountService;
  readonly settings: SettingService;
  readonly options: ProductOptionService;
  readonly listings: ListingService;
  readonly reader: ListingReader;
  readonly queue: QueueService;
  readonly feeds: FeedService;
  readonly guard: GuardService;
  readonly holds: HoldDecisions;
  readonly journal: Journal;
  readonly audit: Audit;
  readonly open: (account: Account) => Promise<AmazonAccount>;
  /** Products of which an account's fingerprint changed since an instant (epoch milliseconds), in pages. */
  readonly changedSince: (
    of: { readonly accountId: number; readonly shopId: number },
    sinceMs: number,
  ) => AsyncIterable<readonly number[]>;
  /** Tells the sweep what a run read of a batch, before the batch is judged. */
  readonly recordReading: (reading: {
    readonly batch: CatalogueBatch;
    readonly frame: ShopFrame;
    readonly isCovered: boolean;
    readonly lock: HeldLock;
  }) => Promise<void>;
  /** Gives back what a feed carried that never was at Amazon, with the reason. */
  readonly giveBack: (feed: Feed, why: { fault: string; delayMs: number }) => Promise<void>;
  /** The name of this process, for locks. */
  readonly owner: string;
}

/** How far a run is, for progress bars and pages. */
export interface ExportProgress {
  readonly runId: number;
  readonly phase: 'reading-listings' | 'marking' | 'computing' | 'sending' | 'waiting';
  /** Products looked at, and how many there are as far as known. */
  readonly products: number;
  readonly productsTotal: number | null;
  readonly items: number;
  readonly feedsOpen: number;
}
