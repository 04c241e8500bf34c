import type { SellerStore } from '../state/seller-store.js';
import { isSignature, sign } from './signature.js';

/** @source Feeds and Reports API: a document's link is good for five minutes */
const LINK_SECONDS = 300;

/** What a link allows. */
export interface LinkPurpose {
  readonly method: 'GET' | 'PUT';
  readonly sellerId: string;
  readonly documentId: string;
  /** PUT: must come with the upload, byte for byte. GET: empty. */
  readonly contentType: string;
}

/** Signed links to documents, like those of S3. */
export class DocumentLinks {
  readonly #sellers: SellerStore;

  constructor(sellers: SellerStore) {
    this.#sellers = sellers;
  }

  /**
   * Makes a link.
   *
   * @param options baseUrl of the simulator; unzipByClient = the download says Content-Encoding: gzip
   */
  async make(
    purpose: LinkPurpose,
    options: { readonly baseUrl: string; readonly nowMs: number; readonly unzipByClient?: boolean },
  ): Promise<string> {
    const url = new URL(`/_documents/${encodeURIComponent(purpose.documentId)}`, options.baseUrl);
    const expiresAtMs = options.nowMs + LINK_SECONDS * 1_000;
    url.searchParams.set('X-Amz-Algorithm', 'AWS4-HMAC-SHA256');
    url.searchParams.set('X-Amz-Date', String(expiresAtMs - LINK_SECONDS * 1_000));
    url.searchParams.set('X-Amz-Expires', String(LINK_SECONDS));
    if (options.unzipByClient) url.searchParams.set('response-content-encoding', 'gzip');
    url.searchParams.set('X-Amz-Signature', await this.#signature(purpose, expiresAtMs));
    return url.href;
  }

  /** Whether a link allows a purpose now. */
  async check(purpose: LinkPurpose, query: URLSearchParams, nowMs: number): Promise<'good' | 'expired' | 'mismatch'> {
    const expiresAtMs = Number(query.get('X-Amz-Date')) + Number(query.get('X-Amz-Expires')) * 1_000;
    const expected = await this.#signature(purpose, expiresAtMs);
    if (nowMs >= expiresAtMs) return 'expired';
    return isSignature(query.get('X-Amz-Signature') ?? '', expected) ? 'good' : 'mismatch';
  }

  async #signature({ method, sellerId, documentId, contentType }: LinkPurpose, expiresAtMs: number): Promise<string> {
    const key = await this.#sellers.signingKey(sellerId);
    return sign(key ?? '', method, documentId, contentType, String(expiresAtMs));
  }
}
