import { randomBytes } from 'node:crypto';
import type { NoticeHead } from '../../src/features/shop-notices/notice-signature.js';
import { signNotice } from '../../src/features/shop-notices/notice-signature.js';

/** A batch as a shop sends it. */
export interface SignedNotice {
  readonly head: NoticeHead;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface NoticeSender {
  readonly keyId: string;
  readonly secret: string;
  /** When it is signed, epoch milliseconds. */
  readonly nowMs: number;
}

/** Signs a batch of products that changed a second before it is sent; other fields stand in for those of the batch. */
export function signedNotice(
  { keyId, secret, nowMs }: NoticeSender,
  products: readonly number[],
  fields: object = {},
): SignedNotice {
  const at = new Date(nowMs - 1_000).toISOString();
  const changes = products.map((product) => ({ product, kind: 'stock', at }));
  return signedBody(
    { keyId, secret, nowMs },
    JSON.stringify({ nonce: randomBytes(12).toString('hex'), shop: 1, changes, ...fields }),
  );
}

/** Signs any body. */
export function signedBody({ keyId, secret, nowMs }: NoticeSender, text: string): SignedNotice {
  const body = Buffer.from(text);
  const timestamp = String(Math.floor(nowMs / 1_000));
  const signature = signNotice(secret, timestamp, body);
  const headers = {
    'content-type': 'application/json',
    'x-feedbridge-key': keyId,
    'x-feedbridge-timestamp': timestamp,
    'x-feedbridge-signature': signature,
  };
  return { head: { keyId, timestamp, signature }, headers, body };
}
