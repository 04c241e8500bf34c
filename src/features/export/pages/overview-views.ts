import type { Clock } from '../../../core/clock.js';
import type { Account } from '../../accounts/account.js';
import type { AccountService } from '../../accounts/account-service.js';
import { type MarketplaceChoice, marketplaceName } from '../../accounts/marketplace-views.js';
import { LISTING_STATES, type ListingState, type ListingViews } from '../../listings/listing-views.js';
import { type VerdictCode, type VerdictKind, verdictKinds } from '../../offers/verdict.js';
import type { QueueAction } from '../../queue/queue-row.js';
import type { QueueService } from '../../queue/queue-service.js';
import type { DiskState, DiskWatch } from '../../reports/disk-watch.js';
import type { Feed } from '../../reports/feed.js';
import type { FeedService } from '../../reports/feed-service.js';
import type { SettingService } from '../../settings/setting-service.js';
import type { ExportService } from '../export-service.js';
import type { Run } from '../run/run.js';

export interface OverviewParts {
  readonly clock: Clock;
  readonly accounts: AccountService;
  readonly settings: SettingService;
  readonly queue: QueueService;
  readonly feeds: FeedService;
  readonly exports: ExportService;
  readonly listings: ListingViews;
  readonly disk: Pick<DiskWatch, 'shortage'>;
}

/** What waits in the queue. */
export interface WaitingSummary {
  readonly count: number;
  readonly inFlight: number;
  readonly byAction: Readonly<Record<string, number>>;
  readonly oldestMs: number | null;
}

export interface ReasonCount {
  readonly code: string;
  readonly items: number;
}

/** How many items a whole check found eligible, and why the others are not. */
export interface EligibilitySummary {
  readonly run: Run;
  readonly eligible: number;
  readonly notEligible: number;
  /** Reasons by kind of verdict, the most frequent first; those of `create` and `price` bar only creating or the price. */
  readonly reasons: readonly { readonly kind: VerdictKind; readonly codes: readonly ReasonCount[] }[];
}

export interface AccountHealth {
  readonly account: Account;
  readonly sending: boolean;
}

const ACTIONS: readonly QueueAction[] = ['update', 'create', 'delete'];

/** Runs looked through for the latest check of everything. */
const RUNS_LOOKED_AT = 200;
/** A count that took long is shown again for this many times as long, so that reloading a page cannot keep the database busy. */
const REST_FACTOR = 20;

/** Puts the Overview's figures together. */
export class OverviewViews {
  readonly #on: OverviewParts;
  readonly #counted = new Map<string, { states: ReadonlyMap<ListingState, number>; untilMs: number }>();

  constructor(parts: OverviewParts) {
    this.#on = parts;
  }

  /** How much room the disk lacks; null = none. */
  shortage(): Promise<DiskState | null> {
    return this.#on.disk.shortage();
  }

  async waiting(marketplaceIds: readonly number[]): Promise<WaitingSummary> {
    const counts = await this.#on.queue.counts(marketplaceIds);
    const byAction: Record<string, number> = {};
    for (const action of ACTIONS) {
      const rows = counts.filter((one) => one.action === action);
      if (rows.length > 0) byAction[action] = rows.reduce((sum, one) => sum + one.count, 0);
    }
    return {
      count: counts.reduce((sum, one) => sum + one.count, 0),
      inFlight: counts.reduce((sum, one) => sum + one.claimed, 0),
      byAction,
      oldestMs: counts.length === 0 ? null : Math.min(...counts.map((one) => one.oldestMs)),
    };
  }

  /** Feeds on their way for the accounts of the page, the oldest first. */
  async feedsInFlight({ marketplaces }: MarketplaceChoice): Promise<readonly Feed[]> {
    const accountIds = [...new Set(marketplaces.map((one) => one.accountId))];
    const open = await Promise.all(accountIds.map((id) => this.#on.feeds.open(id)));
    return open.flat().toSorted((a, b) => a.createdAtMs - b.createdAtMs);
  }

  async listings(
    marketplaceIds: readonly number[],
  ): Promise<readonly { readonly state: ListingState; readonly count: number }[]> {
    const states = await this.#listingStates(marketplaceIds);
    return LISTING_STATES.map((state) => ({ state, count: states.get(state) ?? 0 }));
  }

  /** From the latest finished run that looked at the whole catalogue for a marketplace of this page; null while there is none. */
  async eligibility({ selected }: MarketplaceChoice): Promise<EligibilitySummary | null> {
    const name = selected === null ? null : marketplaceName(selected);
    const runs = await this.#on.exports.list({ status: 'done', limit: RUNS_LOOKED_AT });
    const run = runs.find(
      ({ options }) => options.all && options.account === null && isAbout(options.marketplace, name),
    );
    if (run === undefined) return null;
    const { items, stopped, skuFaults, reasons } = run.totals;
    const notEligible = stopped + skuFaults;
    return { run, eligible: items - notEligible, notEligible, reasons: groupReasons(reasons) };
  }

  async accounts({ marketplaces }: MarketplaceChoice): Promise<readonly AccountHealth[]> {
    const settings = await this.#on.settings.load();
    const ids = [...new Set(marketplaces.map((one) => one.accountId))];
    const accounts = await Promise.all(ids.map((id) => this.#on.accounts.byId(id)));
    return accounts.map((account) => ({
      account,
      sending: settings.get('sending', { kind: 'account', accountId: account.id }),
    }));
  }

  async #listingStates(marketplaceIds: readonly number[]): Promise<ReadonlyMap<ListingState, number>> {
    const { clock, listings } = this.#on;
    const key = marketplaceIds.join(',');
    const startedAtMs = clock.nowMs();
    const known = this.#counted.get(key);
    if (known !== undefined && known.untilMs > startedAtMs) return known.states;
    const states = await listings.countByState(marketplaceIds);
    const nowMs = clock.nowMs();
    this.#counted.set(key, { states, untilMs: nowMs + (nowMs - startedAtMs) * REST_FACTOR });
    return states;
  }
}

function groupReasons(reasons: Readonly<Record<string, number>>): EligibilitySummary['reasons'] {
  const counts = Object.entries(reasons).map(([code, items]) => ({ code, items }));
  const ofKind = (kind: VerdictKind) =>
    counts.filter(({ code }) => verdictKinds[code as VerdictCode] === kind).toSorted((a, b) => b.items - a.items);
  const kinds: readonly VerdictKind[] = ['stop', 'sku', 'create', 'price'];
  return kinds.map((kind) => ({ kind, codes: ofKind(kind) })).filter(({ codes }) => codes.length > 0);
}

/** A run over all marketplaces is about each of them; one over `FR` is about `simulator/FR`. A page about all takes any. */
function isAbout(wanted: string | null, name: string | null): boolean {
  return wanted === null || name === null || wanted === name || name.endsWith(`/${wanted}`);
}
