import type { SellerStore } from '../state/seller-store.js';
import { isSignature, sign } from './signature.js';

/** @source Login with Amazon: an access token is good for an hour */
export const ACCESS_TOKEN_SECONDS = 3_600;

/** What an access token proves. */
export type TokenCheck = { readonly sellerId: string } | { readonly refused: 'invalid' | 'expired' };

/** Makes an access token that any process with the same database accepts, also after a restart. */
export function makeAccessToken(sellerId: string, signingKey: string, nowMs: number): string {
  const expiresAtMs = nowMs + ACCESS_TOKEN_SECONDS * 1_000;
  const content = Buffer.from(JSON.stringify([sellerId, expiresAtMs])).toString('base64url');
  return `Atza|${content}.${sign(signingKey, 'access', content)}`;
}

/** Whose token it is, or why it is none. */
export async function checkAccessToken(token: string, sellers: SellerStore, nowMs: number): Promise<TokenCheck> {
  const [, content = '', signature = ''] = /^Atza\|([\w-]+)\.([0-9a-f]+)$/.exec(token) ?? [];
  const [sellerId, expiresAtMs] = readContent(content);
  const key = sellerId === '' ? null : await sellers.signingKey(sellerId);
  if (key === null || !isSignature(signature, sign(key, 'access', content))) return { refused: 'invalid' };
  return nowMs < expiresAtMs ? { sellerId } : { refused: 'expired' };
}

function readContent(content: string): readonly [string, number] {
  const match = /^\["([\w-]{1,32})",(\d+)\]$/.exec(Buffer.from(content, 'base64url').toString('utf8'));
  return [match?.[1] ?? '', Number(match?.[2] ?? 0)];
}
