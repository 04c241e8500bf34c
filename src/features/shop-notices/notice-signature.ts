import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { sameSecret } from '../users/token-hash.js';
import { NoticeUnsigned } from './notice-errors.js';

/** What a shop says of itself beside the batch. */
export interface NoticeHead {
  readonly keyId: string;
  /** Seconds since 1970, as it was written. */
  readonly timestamp: string;
  /** Hexadecimal. */
  readonly signature: string;
}

const headSchema = z.object({
  'x-feedbridge-key': z.string().regex(/^\w{1,40}$/),
  'x-feedbridge-timestamp': z.string().regex(/^\d{1,12}$/),
  'x-feedbridge-signature': z.string().regex(/^[0-9a-fA-F]{64}$/),
});

/**
 * Reads the three headers of a batch.
 *
 * @throws NoticeUnsigned when one is missing or of another form
 */
export function readNoticeHead(headers: Readonly<Record<string, unknown>>): NoticeHead {
  const read = headSchema.safeParse(headers);
  if (!read.success) throw new NoticeUnsigned({});
  const { data } = read;
  return {
    keyId: data['x-feedbridge-key'],
    timestamp: data['x-feedbridge-timestamp'],
    signature: data['x-feedbridge-signature'].toLowerCase(),
  };
}

/**
 * The signature of a batch: HMAC-SHA256 over timestamp, a dot, and the body's bytes, as 64 hexadecimal digits.
 *
 * @param secret its UTF-8 bytes are the key
 */
export function signNotice(secret: string, timestamp: string, body: Buffer): string {
  return createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
}

/** Whether a batch is signed with the secret; takes as long for any wrong signature. */
export function isSignedWith(secret: string, { timestamp, signature }: NoticeHead, body: Buffer): boolean {
  return sameSecret(signNotice(secret, timestamp, body), signature);
}
