import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ReadDocument, readFeedXml } from './export-documents.js';

/** A feed as this Amazon got it. */
export interface ReceivedFeed extends ReadDocument {
  readonly feedId: string;
  readonly feedType: string;
  readonly marketplaceIds: readonly string[];
}

/** What becomes of a feed: how it ends, and the text of its report, which need not be one. */
export interface FeedAnswer {
  readonly status: 'IN_QUEUE' | 'IN_PROGRESS' | 'DONE' | 'CANCELLED' | 'FATAL';
  readonly report?: string;
}

export interface ReportLine {
  /** 0 speaks of the whole feed. */
  readonly messageId: number;
  readonly code: string;
  /** Left out = Amazon names none. */
  readonly sku?: string;
  readonly severity?: 'Error' | 'Warning';
  readonly description?: string;
}

/** A processing report as Amazon writes it; figures that are not given agree with each other and with the lines. */
export function processingReport(
  processed: number,
  lines: readonly ReportLine[] = [],
  figures: { readonly successful?: number; readonly withError?: number } = {},
): string {
  const wrong = new Set(lines.filter((one) => one.severity !== 'Warning').map((one) => one.messageId));
  const { withError = wrong.size, successful = processed - wrong.size } = figures;
  const results = lines.map(
    (line) => `<Result><MessageID>${line.messageId}</MessageID><ResultCode>${line.severity ?? 'Error'}</ResultCode>
<ResultMessageCode>${line.code}</ResultMessageCode><ResultDescription>${line.description ?? `Said ${line.code}.`}</ResultDescription>
${line.sku === undefined ? '' : `<AdditionalInfo><SKU>${line.sku}</SKU></AdditionalInfo>`}</Result>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<AmazonEnvelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="amzn-envelope.xsd">
<Header><DocumentVersion>1.02</DocumentVersion><MerchantIdentifier>A1TESTSELLER</MerchantIdentifier></Header>
<MessageType>ProcessingReport</MessageType>
<Message><MessageID>1</MessageID><ProcessingReport>
<DocumentTransactionID>50001019876</DocumentTransactionID><StatusCode>Complete</StatusCode>
<ProcessingSummary><MessagesProcessed>${processed}</MessagesProcessed><MessagesSuccessful>${successful}</MessagesSuccessful>
<MessagesWithError>${withError}</MessagesWithError><MessagesWithWarning>0</MessagesWithWarning></ProcessingSummary>
${results.join('\n')}
</ProcessingReport></Message></AmazonEnvelope>`;
}

/** Takes every message. */
export const acceptAll = (feed: ReceivedFeed): FeedAnswer => ({
  status: 'DONE',
  report: processingReport(feed.messages.length),
});

/** An Amazon over HTTP whose answers a test decides: it keeps what it gets and applies nothing. */
export class ExportAmazon {
  readonly feeds: ReceivedFeed[] = [];
  /** How feeds end, asked for each look at one. */
  answer: (feed: ReceivedFeed) => FeedAnswer = acceptAll;
  /** The lines of the listings report below its head: seller-sku, asin1, price, quantity, fulfillment-channel, status. */
  listings: readonly (readonly string[])[] = [];
  /** Called before each operation is answered, with "METHOD /path" and the id in it; a status given back is answered instead. */
  before: (operation: string, id: string) => number | undefined | Promise<number | undefined> = () => undefined;
  /** What refusals say. */
  refusal = 'Refused by the test.';
  readonly #documents = new Map<string, string>();
  readonly #server = createServer((request, response) => {
    this.#receive(request, response).catch((error: unknown) => response.destroy(error as Error));
  });

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const [, area = '', , kind = '', id = ''] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
    const operation = `${request.method} /${area}${kind === '' ? '' : `/${kind}`}`;
    const refused = await this.before(operation, id);
    const answer =
      refused === undefined ? this.#answer(operation, id, body) : { status: refused, body: this.#refuse(operation) };
    const text = typeof answer.body === 'string';
    response.writeHead(answer.status, { 'content-type': text ? 'text/xml; charset=UTF-8' : 'application/json' });
    response.end(text ? answer.body : JSON.stringify(answer.body));
  }

  #answer(operation: string, id: string, body: string): { status: number; body: object | string } {
    switch (operation) {
      case 'POST /auth/token':
        return { status: 200, body: { access_token: ACCESS_TOKEN, token_type: 'bearer', expires_in: 3_600 } };
      case 'POST /feeds/documents':
        return { status: 201, body: this.#newDocument() };
      case 'PUT /uploads/content':
        return this.#upload(id, body);
      case 'POST /feeds/feeds':
        return { status: 202, body: { feedId: this.#newFeed(body) } };
      case 'GET /feeds/feeds':
        return { status: 200, body: this.#showFeed(id) };
      case 'GET /feeds/documents':
      case 'GET /reports/documents':
        return {
          status: 200,
          body: { [documentKey(operation)]: id, url: `${this.url}/downloads/v1/content/${id}?${SIGNATURE}` },
        };
      case 'GET /downloads/content':
        return { status: 200, body: this.#documents.get(id) ?? '' };
      case 'POST /reports/reports':
        return { status: 202, body: { reportId: 'listings' } };
      case 'GET /reports/reports':
        return { status: 200, body: this.#showReport() };
      default:
        return { status: 404, body: this.#refuse(operation) };
    }
  }

  #refuse(operation: string): object {
    if (operation === 'POST /auth/token') return { error: 'invalid_grant', error_description: this.refusal };
    return { errors: [{ code: 'Refused', message: this.refusal, details: this.refusal }] };
  }

  #newDocument(): object {
    const feedDocumentId = `document-${this.#documents.size + 1}`;
    this.#documents.set(feedDocumentId, '');
    return { feedDocumentId, url: `${this.url}/uploads/v1/content/${feedDocumentId}?${SIGNATURE}` };
  }

  #upload(id: string, body: string): { status: number; body: string } {
    this.#documents.set(id, body);
    return { status: 200, body: '' };
  }

  #newFeed(body: string): string {
    const { feedType, marketplaceIds, inputFeedDocumentId } = JSON.parse(body) as Record<string, string & string[]>;
    const feedId = String(50_000 + this.feeds.length);
    const document = readFeedXml(this.#documents.get(inputFeedDocumentId ?? '') ?? '');
    this.feeds.push({ ...document, feedId, feedType: feedType ?? '', marketplaceIds: marketplaceIds ?? [] });
    return feedId;
  }

  #showFeed(feedId: string): object {
    const feed = this.feeds.find((one) => one.feedId === feedId);
    if (!feed) return this.#refuse('GET /feeds/feeds');
    const { status, report } = this.answer(feed);
    if (report !== undefined) this.#documents.set(`report-${feedId}`, report);
    const result = report === undefined ? {} : { resultFeedDocumentId: `report-${feedId}` };
    const { feedType, marketplaceIds } = feed;
    return { feedId, feedType, marketplaceIds, createdTime: TIME, processingStatus: status, ...result };
  }

  #showReport(): object {
    const columns = ['seller-sku', 'asin1', 'price', 'quantity', 'fulfillment-channel', 'status'];
    this.#documents.set('listings', [columns, ...this.listings].map((cells) => cells.join('\t')).join('\n'));
    const report = { reportId: 'listings', reportType: 'GET_MERCHANT_LISTINGS_ALL_DATA', createdTime: TIME };
    return { ...report, processingStatus: 'DONE', reportDocumentId: 'listings' };
  }
}

export const ACCESS_TOKEN = 'Atza|given-by-the-amazon-of-the-test';
/** Whoever has it may read or write the document. */
export const SIGNATURE = 'X-Amz-Signature=signed-by-the-amazon-of-the-test';
const TIME = '2026-11-21T14:00:00Z';

function documentKey(operation: string): string {
  return operation.includes('reports') ? 'reportDocumentId' : 'feedDocumentId';
}
