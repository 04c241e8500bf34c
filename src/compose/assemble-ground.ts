import type { Configuration } from '../config/configuration.js';
import { openSealingKeys } from '../config/sealing-key.js';
import type { Clock, pause } from '../core/clock.js';
import type { Logger } from '../core/logger.js';
import { createSealer } from '../core/sealed-text.js';
import { LockStore } from '../db/lock-store.js';
import type { Db } from '../db/open-database.js';
import { AccountService } from '../features/accounts/account-service.js';
import { AmazonAccess } from '../features/accounts/amazon-access.js';
import { Journal } from '../features/journal/journal.js';
import { ListingService } from '../features/listings/listing-service.js';
import { ProductOptionService } from '../features/offers/product-option-service.js';
import { ChangeMarks } from '../features/queue/change-marks.js';
import { OfferMarks } from '../features/queue/offer-marks.js';
import { QueueService } from '../features/queue/queue-service.js';
import { Archive } from '../features/reports/archive.js';
import { type DiskSpace, DiskWatch } from '../features/reports/disk-watch.js';
import { FeedService } from '../features/reports/feed-service.js';
import { touchedMarketplaces } from '../features/settings/setting-change.js';
import { type SettingEffects, SettingService } from '../features/settings/setting-service.js';
import { HookKeyService, type HookKeyServiceParts } from '../features/shop-notices/hook-key-service.js';
import { NoticeInbox } from '../features/shop-notices/notice-inbox.js';
import { KnownProducts } from '../features/sweep/known-products.js';
import { ApiTokenService } from '../features/users/api-token-service.js';
import { Audit } from '../features/users/audit.js';
import { SessionService } from '../features/users/session-service.js';
import { UserService } from '../features/users/user-service.js';
import type { LockTimes } from '../scheduler/keep-lock.js';
import type { Shop } from '../shop/catalogue.js';
import type { ShopOutbox } from '../shop/shop-outbox.js';
import { SimulatorLink } from './simulator-link.js';

/** What was opened before anything is put together. */
export interface Opened {
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How time is waited for between two looks at Amazon. */
  readonly pause: typeof pause;
  /** How the lock of a send is kept. */
  readonly lockTimes: LockTimes;
  readonly diskSpace: DiskSpace;
  readonly db: Db;
  readonly shop: Shop;
  /** What triggers in the shop's database leave; null for a shop of another kind. */
  readonly outbox: ShopOutbox | null;
  /** The name of this process in locks, runs and the diary. */
  readonly owner: string;
}

/** The services that know one thing each and need no other run of work. */
export interface Ground extends Opened {
  readonly locks: LockStore;
  readonly archive: Archive;
  readonly disk: DiskWatch;
  readonly journal: Journal;
  readonly audit: Audit;
  readonly users: UserService;
  readonly sessions: SessionService;
  readonly apiTokens: ApiTokenService;
  /** What shops sign their notices with. */
  readonly hookKeys: HookKeyService;
  readonly notices: NoticeInbox;
  readonly accounts: AccountService;
  readonly amazon: AmazonAccess;
  readonly settings: SettingService;
  readonly options: ProductOptionService;
  readonly queue: QueueService;
  readonly marks: ChangeMarks;
  readonly known: KnownProducts;
  readonly listings: ListingService;
  readonly feeds: FeedService;
  /** The simulated Amazon: of this process or of another on the same database. */
  readonly simulator: SimulatorLink;
}

const USER_AGENT = 'Feedbridge/0.1 (Language=TypeScript)';

/** Puts the services together that the work stands on. */
export function assembleGround(opened: Opened): Ground {
  const { configuration, clock, logger, db } = opened;
  const audit = new Audit(db, clock);
  const sealer = createSealer(openSealingKeys(configuration.sealingKeys));
  const archive = new Archive(configuration.dataFolder);
  const simulator = new SimulatorLink({ db, clock, logger });
  const resolveSimulator = () => simulator.url();
  const queue = new QueueService(db, clock);
  const listings = new ListingService(db);
  const known = new KnownProducts(db, listings);
  const offerMarks = new OfferMarks(queue, known);
  const accounts = new AccountService(db, { clock, sealer, audit, marks: offerMarks });
  const marks = new ChangeMarks(accounts, queue);
  const journal = new Journal(db, clock);
  const effects = settingEffects({ listings, accounts, offerMarks });
  const settings = new SettingService(db, { clock, audit, effects });
  return {
    ...opened,
    audit,
    archive,
    accounts,
    simulator,
    queue,
    marks,
    known,
    listings,
    locks: new LockStore(db),
    journal,
    disk: new DiskWatch({ disk: opened.diskSpace, settings, journal, logger }),
    users: new UserService(db, { clock, audit }),
    sessions: new SessionService(db, clock),
    apiTokens: new ApiTokenService(db, { clock, audit }),
    amazon: new AmazonAccess({ ...opened, accounts, resolveSimulator, userAgent: USER_AGENT }),
    settings,
    options: new ProductOptionService({
      db,
      clock,
      audit,
      onChange: (subject, trx) => marks.optionChanged(subject, trx),
    }),
    feeds: new FeedService(db, archive),
    ...noticeParts(db, { clock, audit, sealer }),
  };
}

/** What takes notices of the shop, and the keys they are signed with. */
function noticeParts(db: Db, parts: HookKeyServiceParts): Pick<Ground, 'hookKeys' | 'notices'> {
  const hookKeys = new HookKeyService(db, parts);
  return { hookKeys, notices: new NoticeInbox(db, { clock: parts.clock, hookKeys }) };
}

/** What a change of a setting means elsewhere. */
function settingEffects(to: {
  readonly listings: ListingService;
  readonly accounts: AccountService;
  readonly offerMarks: OfferMarks;
}): SettingEffects {
  return {
    countListings: (accounts, transaction) => to.listings.on(transaction).countOf(accounts),
    takeTurn: (transaction) => to.offerMarks.takeTurn(transaction),
    offersChanged: async (change, transaction) => {
      const touched = touchedMarketplaces(change, await to.accounts.on(transaction).marketplaces());
      return to.offerMarks.markAll(touched, `setting ${change.name}`, transaction);
    },
  };
}
