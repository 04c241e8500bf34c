import { ExportService } from '../features/export/export-service.js';
import { GuardService } from '../features/export/guard/guard-service.js';
import { HoldDecisions } from '../features/export/guard/hold-decisions.js';
import { HoldViews } from '../features/export/guard/hold-views.js';
import { neededPartsOf } from '../features/export/needed-parts.js';
import { ArchiveTidying } from '../features/export/retention/archive-tidying.js';
import { ListingReader } from '../features/listings/listing-reader.js';
import { AnswerArchive } from '../features/reports/answer-archive.js';
import type { Feed } from '../features/reports/feed.js';
import { FeedFiles } from '../features/reports/feed-files.js';
import { FeedStore } from '../features/reports/feed-store.js';
import { FeedPoller } from '../features/reports/poll-feeds.js';
import { FeedSettlement } from '../features/reports/settle-feed.js';
import { SettingPreview } from '../features/settings/setting-preview.js';
import { SkuSourcePreview } from '../features/settings/sku-source-preview.js';
import { ShopCheckService } from '../features/shop-check/shop-check-service.js';
import { RunReadings } from '../features/sweep/run-readings.js';
import { StockSweep } from '../features/sweep/stock-sweep.js';
import { SweepService } from '../features/sweep/sweep-service.js';
import type { Ground } from './assemble-ground.js';

/** The main job: noticing, sending, settling. */
export interface ExportParts {
  readonly sweep: SweepService;
  readonly stockSweep: StockSweep;
  readonly settingPreview: SettingPreview;
  readonly skuSourcePreview: SkuSourcePreview;
  /** Looks at the shop for people. */
  readonly shopCheck: ShopCheckService;
  readonly reader: ListingReader;
  readonly poller: FeedPoller;
  readonly tidying: ArchiveTidying;
  readonly export: ExportService;
  /** What is held, for people. */
  readonly holdViews: HoldViews;
}

/** Puts the main job together. */
export function assembleExport(ground: Ground): ExportParts {
  const { clock, accounts, amazon, settings } = ground;
  const reader = new ListingReader({ ...ground, open: (account) => amazon.open(account) });
  const sweep = new SweepService(ground);
  const readings = new RunReadings(ground);
  const shops = async (accountId: number) =>
    new Map((await accounts.marketplaces(accountId)).map(({ id, shopId }) => [id, shopId]));
  const settlement = new FeedSettlement({ ...ground, neededParts: neededPartsOf(accounts, settings), shops });
  const access = async (feed: Feed) => {
    const account = await accounts.byId(feed.accountId);
    const marketplace = (await accounts.marketplaces(account.id)).find((one) => one.id === feed.marketplaceId);
    if (marketplace === undefined) throw new Error(`Expected the marketplace of feed ${feed.id}, found none.`);
    const { simulator } = account;
    return { amazon: await amazon.open(account), simulator, amazonMarketplaceId: marketplace.amazonId };
  };
  const files = new FeedFiles(ground.db, ground);
  const answers = new AnswerArchive({ ...ground, files });
  const poller = new FeedPoller({ clock, answers, feeds: new FeedStore(ground.db), settlement, access });
  const dependencies = {
    ...ground,
    reader,
    guard: new GuardService(ground.db, ground),
    holds: new HoldDecisions(ground.db, ground),
    open: amazon.open.bind(amazon),
    changedSince: sweep.changedSince.bind(sweep),
    recordReading: readings.record.bind(readings),
    giveBack: settlement.giveBack.bind(settlement),
  };
  const tidying = new ArchiveTidying({ ...ground, files });
  const settingPreview = new SettingPreview(ground);
  return {
    sweep,
    stockSweep: new StockSweep({ ...ground, sweep }),
    tidying,
    settingPreview,
    skuSourcePreview: new SkuSourcePreview(ground),
    shopCheck: new ShopCheckService(ground),
    reader,
    poller,
    export: new ExportService(dependencies, poller),
    holdViews: new HoldViews(ground.db),
  };
}
