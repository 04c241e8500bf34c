import { gunzipSync } from 'node:zlib';
import { simulatorCredentials } from '../../../src/simulator/credentials.js';
import type { ListingView } from '../../../src/simulator/state/listing-view.js';
import type { LogEntry } from '../../../src/simulator/state/log-entry.js';
import type { OfficialAnswer } from '../../support/official-model.js';

export const XML_TYPE = 'text/xml; charset=UTF-8';

/** Talks to a simulator in the plainest way: our own Amazon client is not used, so a mistake of it cannot hide one here. */
export class SimulatorClient {
  readonly url: string;
  readonly sellerId: string;
  #token = '';

  constructor(url: string, sellerId: string) {
    this.url = url;
    this.sellerId = sellerId;
  }

  /** Asks for an access token; single fields of the form can be replaced. */
  async requestToken(changes: Readonly<Record<string, string>> = {}): Promise<OfficialAnswer> {
    const { clientId, clientSecret, refreshToken } = simulatorCredentials(this.sellerId);
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId };
    const body = new URLSearchParams({ ...form, client_secret: clientSecret, ...changes });
    return read(await fetch(`${this.url}/auth/o2/token`, { method: 'POST', body }));
  }

  async logIn(): Promise<string> {
    const { body } = await this.requestToken();
    this.#token = (body as { access_token: string }).access_token;
    return this.#token;
  }

  /** One call of the Selling Partner API. */
  async call(method: string, path: string, body?: unknown): Promise<OfficialAnswer> {
    const headers: Record<string, string> = { 'x-amz-access-token': this.#token };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const content = typeof body === 'string' ? body : JSON.stringify(body);
    return read(await fetch(this.url + path, { method, headers, ...(body === undefined ? {} : { body: content }) }));
  }

  /** Announces and uploads a document. */
  async upload(xml: string): Promise<string> {
    const { body } = await this.call('POST', '/feeds/2021-06-30/documents', { contentType: XML_TYPE });
    const { feedDocumentId, url } = body as { feedDocumentId: string; url: string };
    const answer = await fetch(url, { method: 'PUT', headers: { 'content-type': XML_TYPE }, body: xml });
    if (answer.status !== 200) throw new Error(`Expected the upload to succeed, got ${answer.status}.`);
    return feedDocumentId;
  }

  /** Uploads a document and makes a feed of it. */
  async submit(feedType: string, xml: string, marketplaceIds: readonly string[]): Promise<string> {
    const inputFeedDocumentId = await this.upload(xml);
    const feed = { feedType, marketplaceIds, inputFeedDocumentId };
    const { status, body } = await this.call('POST', '/feeds/2021-06-30/feeds', feed);
    if (status !== 202) throw new Error(`Expected 202, got ${status} ${JSON.stringify(body)}.`);
    return (body as { feedId: string }).feedId;
  }

  async feed(feedId: string): Promise<Readonly<Record<string, string>>> {
    return (await this.call('GET', `/feeds/2021-06-30/feeds/${feedId}`)).body as Record<string, string>;
  }

  /** The processing report of a feed that is DONE. */
  async processingReport(feedId: string): Promise<string> {
    const { resultFeedDocumentId } = await this.feed(feedId);
    return this.download(`/feeds/2021-06-30/documents/${resultFeedDocumentId}`);
  }

  /** Downloads a document that an operation names, unzipped. */
  async download(path: string): Promise<string> {
    const { body } = await this.call('GET', path);
    const { url, compressionAlgorithm } = body as { url: string; compressionAlgorithm?: string };
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    return (compressionAlgorithm === 'GZIP' ? gunzipSync(bytes) : bytes).toString('utf8');
  }

  async listings(): Promise<readonly ListingView[]> {
    return (await this.control('GET', '/listings')).listings as ListingView[];
  }

  async listing(sku: string): Promise<ListingView | undefined> {
    return (await this.listings()).find((one) => one.sku === sku);
  }

  async log(query = ''): Promise<readonly (LogEntry & { readonly id: number })[]> {
    return (await this.control('GET', `/log${query}`)).entries as (LogEntry & { readonly id: number })[];
  }

  /** Puts these faults in place of all others. */
  async command(...faults: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
    const answer = await this.control('PUT', '/faults', { faults });
    if (answer.httpStatus !== 200) throw new Error(`Expected the faults to be taken, got ${JSON.stringify(answer)}.`);
  }

  /** What a call of the Selling Partner API comes to: its status, or "no answer". */
  async outcome(method: string, path: string, body?: unknown): Promise<number | 'no answer'> {
    return this.call(method, path, body).then(
      ({ status }) => status,
      () => 'no answer',
    );
  }

  /** A call of the back door. */
  async control(method: string, path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${this.url}/_simulator${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { ...((await answer.json()) as Record<string, unknown>), httpStatus: answer.status };
  }
}

async function read(response: Response): Promise<OfficialAnswer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}
