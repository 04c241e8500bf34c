import type { Readable } from 'node:stream';

/** What the rest of the program sees of Amazon: one seller authorization, in one region. Any implementation will do, so features can be tested without HTTP. */
export interface AmazonAccount {
  readonly feeds: AmazonFeeds;
  readonly reports: AmazonReports;
  /** Ends waiting and running calls (they fail with CallAborted, or NoAnswer where the effect may have happened) and resolves when all have ended. */
  close(): Promise<void>;
}

/** The Feeds API 2021-06-30. Every method may wait for the operation's quota and repeats harmless failures by itself. */
export interface AmazonFeeds {
  /**
   * Asks for a place to upload one document to.
   *
   * @param contentType sent byte for byte with the upload, for example "text/xml; charset=UTF-8"
   * @returns a link that is good for five minutes
   */
  createFeedDocument(contentType: string, options?: CallOptions): Promise<FeedUpload>;

  /**
   * Uploads a whole document; repeated from its start when the connection breaks.
   *
   * @throws DocumentLinkExpired when the five minutes are over: create another document
   */
  uploadDocument(upload: FeedUpload, source: DocumentSource, options?: CallOptions): Promise<void>;

  /**
   * Hands an uploaded document to Amazon for processing.
   *
   * @throws NoAnswer when the feed may or may not exist now: look for it with `getFeeds` before sending again. Every other error means that no feed was made
   */
  createFeed(feed: NewFeed, options?: CallOptions): Promise<CreatedFeed>;

  getFeed(feedId: string, options?: CallOptions): Promise<Feed>;

  /** All feeds that match, newest first as Amazon lists them, over all pages of its answer (100 feeds each, one page per 45 s once the burst of 10 is used). */
  getFeeds(filter: FeedFilter, options?: CallOptions): Promise<readonly Feed[]>;

  /** Cancels a feed that is still IN_QUEUE; Amazon refuses any other with BadRequest. */
  cancelFeed(feedId: string, options?: CallOptions): Promise<void>;

  /**
   * Reads a document as text, unzipped; for answers known to be small.
   *
   * @throws DocumentTooLarge beyond `maxBytes` (default 64 MiB)
   */
  readDocument(feedDocumentId: string, options?: DownloadOptions): Promise<string>;

  /**
   * Writes a document to a file, unzipped, in its own bytes. The file appears only when it is whole.
   *
   * @throws DocumentTooLarge beyond `maxBytes` (default 1 GiB)
   */
  downloadDocument(feedDocumentId: string, path: string, options?: DownloadOptions): Promise<DownloadedFile>;
}

/** The Reports API 2021-06-30. */
export interface AmazonReports {
  /** Orders a report. Without an answer it may be ordered a second time: Amazon then makes one more report, which harms nothing. */
  createReport(report: NewReport, options?: CallOptions): Promise<CreatedReport>;

  getReport(reportId: string, options?: CallOptions): Promise<Report>;

  /**
   * Starts a download; read either `bytes` or `text`, once, to the end or to a `break`.
   *
   * @throws DocumentTooLarge (beyond `maxBytes`, default 4 GiB), DocumentDamaged or CallAborted while reading: open it again, nothing is repeated then
   */
  openDocument(reportDocumentId: string, options?: DownloadOptions): Promise<ReportDownload>;
}

export interface CallOptions {
  /** Ends the wait for quota, the wait between tries and the call itself. */
  readonly signal?: AbortSignal;
}

export interface DownloadOptions extends CallOptions {
  /** Unzipped bytes at which the download is given up. */
  readonly maxBytes?: number;
}

/** Where one document goes. The type is kept here so that upload and announcement cannot differ (Amazon answers 403 then). */
export interface FeedUpload {
  readonly feedDocumentId: string;
  /** Carries its own signature: a secret for as long as it lives. */
  readonly url: string;
  readonly contentType: string;
}

/** Bytes that can be read more than once, because a broken upload starts again. Made by `documentFromFile`, `documentFromGzipFile`, `documentFromText`. */
export interface DocumentSource {
  /** Bytes that `open` gives, exactly. */
  readonly sizeBytes: number;
  open(): Readable;
}

export interface NewFeed {
  /** For example "POST_INVENTORY_AVAILABILITY_DATA", "JSON_LISTINGS_FEED". */
  readonly feedType: string;
  /** 1–25 marketplace ids. */
  readonly marketplaceIds: readonly string[];
  readonly inputFeedDocumentId: string;
  readonly feedOptions?: Readonly<Record<string, string>>;
}

export interface CreatedFeed {
  readonly feedId: string;
  /** x-amzn-RequestId, which Amazon's support asks for. */
  readonly requestId: string | null;
}

/** `DONE` says that Amazon has read the document, not that it accepted the messages. */
export type ProcessingStatus = 'IN_QUEUE' | 'IN_PROGRESS' | 'DONE' | 'CANCELLED' | 'FATAL';

/** Times are in UTC, in the form of our tables: "2026-11-21T14:05:09.120Z". */
export interface Feed {
  readonly feedId: string;
  readonly feedType: string;
  /** Empty where Amazon leaves them out. */
  readonly marketplaceIds: readonly string[];
  readonly createdTime: string;
  readonly processingStatus: ProcessingStatus;
  readonly processingStartTime: string | null;
  readonly processingEndTime: string | null;
  /** Null until the end, and after most CANCELLED and some FATAL feeds. */
  readonly resultFeedDocumentId: string | null;
}

export interface FeedFilter {
  /** 1–10 feed types; Amazon refuses a list without them. */
  readonly feedTypes: readonly string[];
  /** Up to 10; feeds of at least one of them are listed. */
  readonly marketplaceIds?: readonly string[];
  /** ISO 8601, inclusive; at most 90 days ago, which is also the default. */
  readonly createdSince?: string;
  readonly processingStatuses?: readonly ProcessingStatus[];
}

export interface DownloadedFile {
  readonly path: string;
  /** Unzipped. */
  readonly sizeBytes: number;
}

export interface NewReport {
  /** For example "GET_MERCHANT_LISTINGS_ALL_DATA". */
  readonly reportType: string;
  readonly marketplaceIds: readonly string[];
  /** ISO 8601. */
  readonly dataStartTime?: string;
  readonly dataEndTime?: string;
  readonly reportOptions?: Readonly<Record<string, string>>;
}

export interface CreatedReport {
  readonly reportId: string;
  readonly requestId: string | null;
}

/** `CANCELLED` also means that there was nothing to report, or that it was asked again too early. */
export interface Report {
  readonly reportId: string;
  readonly reportType: string;
  readonly marketplaceIds: readonly string[];
  readonly createdTime: string;
  readonly dataStartTime: string | null;
  readonly dataEndTime: string | null;
  readonly processingStatus: ProcessingStatus;
  readonly processingStartTime: string | null;
  readonly processingEndTime: string | null;
  /** A FATAL report may have one too: it says why. */
  readonly reportDocumentId: string | null;
}

export interface ReportDownload {
  /** WHATWG label by the answer's Content-Type: "utf-8", "windows-1252", "shift_jis". Needed to decode `bytes` that were kept in a file. */
  readonly charset: string;
  /** Unzipped. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Decoded by `charset`, without a byte order mark; cut at any place, also within a line. */
  readonly text: AsyncIterable<string>;
}
