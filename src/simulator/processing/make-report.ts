import { type DocumentDamage, damaged } from '../faults/damaged-document.js';
import type { RandomSource } from '../random-source.js';
import type { DocumentStore } from '../state/document-store.js';
import type { ListingStore } from '../state/listing-store.js';
import type { StoredReport } from '../state/report-store.js';
import type { SellerStore } from '../state/seller-store.js';
import { listingsReportHeader, listingsReportLines } from './listings-report.js';

/** The report types that this Amazon makes. */
export const REPORT_TYPES: readonly string[] = ['GET_MERCHANT_LISTINGS_ALL_DATA'];

const SKUS_PER_PAGE = 1_000;

/** Writes the documents of reports, page by page. */
export class ReportMaker {
  readonly #sellers: SellerStore;
  readonly #listings: ListingStore;
  readonly #documents: DocumentStore;
  readonly #random: RandomSource;

  constructor(parts: {
    readonly sellers: SellerStore;
    readonly listings: ListingStore;
    readonly documents: DocumentStore;
    readonly random: RandomSource;
  }) {
    this.#sellers = parts.sellers;
    this.#listings = parts.listings;
    this.#documents = parts.documents;
    this.#random = parts.random;
  }

  /**
   * Makes a report as of an instant.
   *
   * @param damage what becomes of its document; null = nothing
   * @returns the id of its document
   */
  async make(report: StoredReport, atMs: number, damage: DocumentDamage | null): Promise<string> {
    const documentId = await this.#documents.create({
      sellerId: report.sellerId,
      contentType: 'text/plain; charset=UTF-8',
      compressed: this.#random(`report ${report.id} compressed`) < 0.5,
      nowMs: atMs,
    });
    await this.#documents.write(documentId, damaged(this.#listingsReport(report, atMs), damage), atMs);
    return documentId;
  }

  async *#listingsReport(report: StoredReport, atMs: number): AsyncGenerator<string> {
    const known = await this.#sellers.marketplaces(report.sellerId);
    const marketplace = known.find(({ id }) => id === report.marketplaceIds[0]);
    if (marketplace === undefined) return;
    yield listingsReportHeader(marketplace);
    for (let afterSku = ''; ; ) {
      const page = await this.#listings.page(report.sellerId, afterSku, SKUS_PER_PAGE);
      yield listingsReportLines(page, marketplace.id, atMs);
      if (page.length < SKUS_PER_PAGE) return;
      afterSku = page.at(-1)?.listing.sku ?? '';
    }
  }
}
