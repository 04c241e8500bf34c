import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGunzip } from 'node:zlib';

const TOKEN = { access_token: 'Atza|bench', refresh_token: 'bench', token_type: 'bearer', expires_in: 3_600 };

/** An Amazon that has processed every feed by the time it is asked for it, and accepts every message: what is measured is the bridge alone. */
export class AnsweringAmazon {
  readonly #server: Server;
  /** Messages of each uploaded document, by its id. */
  readonly #messages = new Map<string, number>();
  /** The document of each feed, by the feed's id. */
  readonly #documents = new Map<string, string>();
  #made = 0;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  static async start(): Promise<AnsweringAmazon> {
    const amazon = new AnsweringAmazon();
    amazon.#server.listen(0, '127.0.0.1');
    await once(amazon.#server, 'listening');
    return amazon;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Feeds made, and messages in them. */
  get received(): { readonly feeds: number; readonly messages: number } {
    const messages = [...this.#documents.values()].reduce((sum, id) => sum + (this.#messages.get(id) ?? 0), 0);
    return { feeds: this.#documents.size, messages };
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.url);
    const [, area = '', , kind = '', id = ''] = pathname.split('/');
    if (area === '_documents') return this.#answerDocument(pathname.split('/')[2] ?? '', request, response);
    const body = await readText(request);
    if (area === '_simulator') return answerJson(response, { simulator: true });
    if (area === 'auth') return answerJson(response, TOKEN);
    if (kind === 'documents') return answerJson(response, this.#link(id === '' ? this.#next() : id));
    if (request.method === 'POST') return answerJson(response, this.#makeFeed(body));
    return answerJson(response, this.#feed(id));
  }

  #next(): string {
    this.#made += 1;
    return String(this.#made);
  }

  #link(feedDocumentId: string): Record<string, string> {
    return { feedDocumentId, url: `${this.url}/_documents/${feedDocumentId}` };
  }

  #makeFeed(body: string): Record<string, string> {
    const feedId = this.#next();
    this.#documents.set(feedId, String((JSON.parse(body) as { inputFeedDocumentId: unknown }).inputFeedDocumentId));
    return { feedId };
  }

  #feed(feedId: string): Record<string, unknown> {
    const now = new Date().toISOString();
    const times = { createdTime: now, processingStartTime: now, processingEndTime: now };
    const resultFeedDocumentId = `report-${this.#documents.get(feedId)}`;
    return { feedId, feedType: 'ANY', marketplaceIds: [], ...times, processingStatus: 'DONE', resultFeedDocumentId };
  }

  async #answerDocument(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'PUT') {
      this.#messages.set(id, await countMessages(request));
      response.end();
      return;
    }
    response.setHeader('content-type', 'text/xml; charset=UTF-8');
    response.end(report(this.#messages.get(id.replace('report-', '')) ?? 0));
  }
}

function answerJson(response: ServerResponse, body: unknown): void {
  // Beyond what the bridge could use: its own rates for Amazon are not what is measured.
  response.setHeader('x-amzn-ratelimit-limit', '1000');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

/** A document that is cut in the middle of the word counts it all the same. */
async function countMessages(request: IncomingMessage): Promise<number> {
  const word = '<MessageID>';
  const bytes = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
  let messages = 0;
  let rest = '';
  for await (const chunk of bytes) {
    const text = rest + (chunk as Buffer).toString('latin1');
    messages += text.split(word).length - 1;
    rest = text.slice(Math.max(0, text.length - word.length + 1));
  }
  return messages;
}

function report(messages: number): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<AmazonEnvelope><Header><DocumentVersion>1.02</DocumentVersion><MerchantIdentifier>bench</MerchantIdentifier></Header>
<MessageType>ProcessingReport</MessageType><Message><MessageID>1</MessageID><ProcessingReport>
<DocumentTransactionID>1</DocumentTransactionID><StatusCode>Complete</StatusCode><ProcessingSummary>
<MessagesProcessed>${messages}</MessagesProcessed><MessagesSuccessful>${messages}</MessagesSuccessful>
<MessagesWithError>0</MessagesWithError><MessagesWithWarning>0</MessagesWithWarning>
</ProcessingSummary></ProcessingReport></Message></AmazonEnvelope>`;
}
