import type { Readable } from 'node:stream';
import { type AxiosInstance, type AxiosRequestConfig, type AxiosResponse, isAxiosError } from 'axios';
import type { DocumentSource, FeedUpload } from './amazon-account.js';
import { DocumentDamaged, DocumentLinkExpired, DocumentRefused, Unavailable } from './amazon-errors.js';
import { charsetOf } from './decode-text.js';
import { silenceOf } from './silence.js';

/** A link is good for five minutes, so no upload can take longer. */
const UPLOAD_TIMEOUT_MS = 300_000;
const LONGEST_REFUSAL_BYTES = 16 * 1024;

export interface Upload {
  readonly target: FeedUpload;
  readonly source: DocumentSource;
  readonly signal: AbortSignal;
}

/** Where a document can be fetched for five minutes. */
export interface DocumentLink {
  readonly url: string;
  readonly gzip: boolean;
}

export interface OpenedDocument {
  readonly host: string;
  readonly charset: string;
  readonly gzip: boolean;
  /** As stored: still zipped when `gzip`. */
  readonly body: Readable;
}

/**
 * Uploads a document to its link: one PUT with exactly the announced content type, its length, and no token.
 *
 * @throws DocumentLinkExpired, DocumentRefused, Unavailable, Unreachable or CallAborted; the source's own error when it cannot be read
 */
export async function putDocument(http: AxiosInstance, upload: Upload): Promise<void> {
  const { target, source, signal } = upload;
  const data = source.open();
  let sourceError: unknown = null;
  data.once('error', (error) => {
    sourceError = error;
  });
  try {
    const response = await exchange(http, 'uploadDocument', {
      method: 'PUT',
      url: target.url,
      data,
      headers: { 'Content-Type': target.contentType, 'Content-Length': source.sizeBytes },
      maxBodyLength: Number.POSITIVE_INFINITY,
      timeout: UPLOAD_TIMEOUT_MS,
      signal,
    });
    response.data.destroy();
  } catch (error) {
    throw sourceError ?? error;
  } finally {
    data.destroy();
  }
}

/**
 * Starts the download of a document from its link; its bytes come as they are stored, so that they are unzipped once, by us.
 *
 * @throws DocumentLinkExpired, DocumentRefused, DocumentDamaged (an HTML page), UnexpectedAnswer (charset), Unavailable, Unreachable or CallAborted
 */
export async function openDocument(
  http: AxiosInstance,
  link: DocumentLink,
  signal: AbortSignal,
): Promise<OpenedDocument> {
  const response = await exchange(http, 'downloadDocument', {
    method: 'GET',
    url: link.url,
    headers: { Accept: '*/*', 'Accept-Encoding': 'identity' },
    decompress: false,
    signal,
  });
  const { host } = new URL(link.url);
  const body = response.data;
  try {
    const contentType = String(response.headers['content-type'] ?? '');
    if (/^text\/html\b/i.test(contentType)) throw new DocumentDamaged({ host, reason: 'an HTML page' });
    // A link can be signed with Content-Encoding: the bytes are then the same gzip, announced a second time.
    const gzip = link.gzip || response.headers['content-encoding'] === 'gzip';
    return { host, charset: charsetOf(contentType, host), gzip, body };
  } catch (error) {
    body.destroy();
    throw error;
  }
}

async function exchange(
  http: AxiosInstance,
  operation: string,
  config: AxiosRequestConfig & { readonly url: string },
): Promise<AxiosResponse<Readable>> {
  const { host } = new URL(config.url);
  try {
    const response = await http.request<Readable>({
      ...config,
      responseType: 'stream',
      // No limit here: axios would wrap the stream, and the reader counts the unzipped bytes anyway.
      maxContentLength: -1,
      validateStatus: () => true,
    });
    if (response.status >= 200 && response.status < 300) return response;
    throw await refusalOf(operation, host, response);
  } catch (error) {
    throw isAxiosError(error) ? silenceOf(error, { operation, host }) : error;
  }
}

/** @source Amazon S3 error responses: XML with Code and Message; an old link is AccessDenied "Request has expired" */
async function refusalOf(operation: string, host: string, response: AxiosResponse<Readable>): Promise<Error> {
  const { status } = response;
  const text = await beginningOf(response.data);
  const code = /<Code>(\w{1,60})<\/Code>/.exec(text)?.[1] ?? null;
  if (status >= 500 || status === 429) {
    return new Unavailable({ operation, status, amazonCode: code, amazonMessage: null, requestId: null });
  }
  if (/expired/i.test(text)) return new DocumentLinkExpired({ host });
  return new DocumentRefused({ host, status, reason: code ?? 'without a reason' });
}

async function beginningOf(body: Readable): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes >= LONGEST_REFUSAL_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
