import { type MerchantListing, readMerchantListings } from '../../../feeds/reports/merchant-listings.js';
import type { AmazonAccount, AmazonReports } from '../../amazon/amazon-account.js';
import type { Clock, pause } from '../../core/clock.js';
import { defineError } from '../../core/errors.js';
import type { Db } from '../../db/open-database.js';
import type { Account, Marketplace } from '../accounts/account.js';
import type { AccountService } from '../accounts/account-service.js';
import { isAmazonFulfilled } from './listing.js';
import { ReadingStore, type ReadListing } from './reading-store.js';

export const ListingsNotRead = defineError<{ marketplace: string; status: string }>(
  'LISTINGS_NOT_READ',
  502,
  ({ marketplace, status }) =>
    `Expected Amazon's report of the listings on ${marketplace}, it ended ${status}. Read them again later; nothing is sent before.`,
  { retryable: true },
);

/** The width of the columns for ASIN, status and channel. */
const COLUMN_CHARACTERS = 20;

const REPORT_TYPE = 'GET_MERCHANT_LISTINGS_ALL_DATA';

/** How often a report is asked for: the simulator is quick, Amazon takes minutes. */
const ASK_EVERY_MS = { simulator: 300, amazon: 15_000 };

export interface ReadProgress {
  readonly marketplace: string;
  readonly listings: number;
}

export interface ListingReaderDependencies {
  readonly db: Db;
  readonly clock: Clock;
  readonly pause: typeof pause;
  readonly accounts: AccountService;
  readonly open: (account: Account) => Promise<AmazonAccount>;
}

/** Reads what an account has at Amazon, whole, and stores it as *effective*. */
export class ListingReader {
  readonly #on: ListingReaderDependencies;
  readonly #store: ReadingStore;

  constructor(dependencies: ListingReaderDependencies) {
    this.#on = dependencies;
    this.#store = new ReadingStore(dependencies.db);
  }

  /**
   * Reads every active marketplace of the account; only when all were read does the account count as read.
   *
   * @returns how many listings Amazon has, over all marketplaces
   * @throws ListingsNotRead, and what the Amazon client throws
   */
  async read(
    account: Account,
    options: { signal?: AbortSignal; onProgress?: (progress: ReadProgress) => void } = {},
  ): Promise<number> {
    const amazon = await this.#on.open(account);
    const active = (await this.#on.accounts.marketplaces(account.id)).filter((one) => one.active);
    const startedAtMs = this.#on.clock.nowMs();
    let total = 0;
    for (const marketplace of active) {
      // What the report shows is at least as new as its order; a feed accepted since then may be newer.
      const atMs = this.#on.clock.nowMs();
      const documentId = await this.#order(amazon.reports, {
        account,
        marketplace,
        ...(options.signal ? { signal: options.signal } : {}),
      });
      let read = 0;
      for await (const count of this.#storeRows(amazon.reports, documentId, { account, marketplace, atMs })) {
        read += count;
        options.onProgress?.({ marketplace: marketplace.country, listings: read });
      }
      total += read;
    }
    await this.#on.accounts.markListingsRead(account.id, startedAtMs);
    return total;
  }

  async #order(
    reports: AmazonReports,
    subject: { account: Account; marketplace: Marketplace; signal?: AbortSignal },
  ): Promise<string> {
    const { account, marketplace, signal } = subject;
    const call = signal ? { signal } : {};
    const { reportId } = await reports.createReport(
      { reportType: REPORT_TYPE, marketplaceIds: [marketplace.amazonId] },
      call,
    );
    const everyMs = ASK_EVERY_MS[account.simulator ? 'simulator' : 'amazon'];
    for (;;) {
      const report = await reports.getReport(reportId, call);
      if (report.processingStatus === 'DONE' && report.reportDocumentId !== null) return report.reportDocumentId;
      if (report.processingStatus !== 'IN_QUEUE' && report.processingStatus !== 'IN_PROGRESS')
        throw new ListingsNotRead({ marketplace: marketplace.country, status: report.processingStatus });
      await this.#on.pause(everyMs, signal);
      signal?.throwIfAborted();
    }
  }

  async *#storeRows(
    reports: AmazonReports,
    documentId: string,
    subject: { account: Account; marketplace: Marketplace; atMs: number },
  ): AsyncGenerator<number> {
    const { account, marketplace, atMs } = subject;
    const scope = { accountId: account.id, marketplaceId: marketplace.id, atMs };
    const download = await reports.openDocument(documentId);
    const bySku = new Map<string, ReadListing>();
    for await (const row of readMerchantListings(download.text)) {
      if (!isSku(row.sku)) continue;
      const listing = toReadListing(row, marketplace.currency);
      bySku.set(listing.sku, listing);
      if (bySku.size < this.#store.rowsPerWrite) continue;
      await this.#store.write([...bySku.values()], scope);
      yield bySku.size;
      bySku.clear();
    }
    if (bySku.size > 0) await this.#store.write([...bySku.values()], scope);
    yield bySku.size;
  }
}

/** Anything else can be the key of no item of ours, and the tables could not keep it apart from others. */
function isSku(text: string): boolean {
  return text.length >= 1 && text.length <= 40 && text.trim() === text;
}

function toReadListing(row: MerchantListing, currency: string): ReadListing {
  const channel = row.fulfillmentChannel ?? '';
  const fulfilled = isAmazonFulfilled(channel);
  return {
    sku: row.sku,
    asin: (row.asin ?? '').slice(0, COLUMN_CHARACTERS),
    status: (row.status ?? '').slice(0, COLUMN_CHARACTERS),
    channel: channel.slice(0, COLUMN_CHARACTERS),
    price: row.price === null ? null : `${row.price}|${currency}`,
    quantity: fulfilled || row.quantity === null ? null : String(row.quantity),
  };
}
