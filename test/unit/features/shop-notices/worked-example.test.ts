import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../../src/core/project-root.js';
import { readNotice } from '../../../../src/features/shop-notices/notice.js';
import { isSignedWith, readNoticeHead } from '../../../../src/features/shop-notices/notice-signature.js';

const text = readFileSync(join(projectRoot(), 'docs', 'shop', 'notices.md'), 'utf8');
/** A fenced block of the document. */
const block = (kind: string) => new RegExp(`\`\`\`${kind}\n([^\`]*)\n\`\`\``).exec(text)?.[1] ?? '';

const secret = block('secret');
const body = Buffer.from(block('json'));
const headers = Object.fromEntries(
  block('http')
    .split('\n')
    .slice(1)
    .map((line) => line.split(': '))
    .map(([name = '', value]) => [name.toLowerCase(), value]),
);

describe('The worked example of the notices', () => {
  it('has as many bytes as it says', () => {
    expect(text).toContain(`The body, ${body.length} bytes`);
  });

  it('is signed as PHP would sign it, and as the bridge checks it', () => {
    const timestamp = headers['x-feedbridge-timestamp'] ?? '';
    expect(
      createHmac('sha256', secret)
        .update(`${timestamp}.${body.toString('utf8')}`)
        .digest('hex'),
    ).toBe(headers['x-feedbridge-signature']);
    expect(isSignedWith(secret, readNoticeHead(headers), body)).toBe(true);
  });

  it('is sent at the time that it says, and answered as it says', () => {
    const sentAtMs = Number(headers['x-feedbridge-timestamp']) * 1_000;
    expect(text).toContain(`Sent at ${new Date(sentAtMs).toISOString().replace('.000', '')}`);
    const { nonce, shopId, changeCount, products } = readNotice(body, sentAtMs);
    expect(JSON.parse(block('answer'))).toEqual({ nonce, accepted: changeCount });
    expect([shopId, products]).toEqual([
      1,
      [
        { productId: 7, seenAtMs: Date.parse('2026-11-22T00:30:00Z') },
        { productId: 12, seenAtMs: sentAtMs },
      ],
    ]);
  });

  it('does not hold with any byte of body, timestamp or secret changed', () => {
    const head = readNoticeHead(headers);
    const changed = Buffer.from(body);
    changed[30] = (changed[30] ?? 0) ^ 1;
    expect(isSignedWith(secret, head, changed)).toBe(false);
    expect(isSignedWith(secret, { ...head, timestamp: String(Number(head.timestamp) + 1) }, body)).toBe(false);
    expect(isSignedWith(`${secret}x`, head, body)).toBe(false);
  });
});

describe('A batch of notices', () => {
  const nowMs = Date.parse('2026-11-22T01:00:00Z');
  const batch = (changes: readonly object[]) =>
    readNotice(Buffer.from(JSON.stringify({ nonce: 'n'.repeat(16), shop: 1, changes })), nowMs);

  it('names each product once, with the earliest of its times', () => {
    const notice = batch([
      { product: 9, kind: 'stock', at: '2026-11-22T00:59:50Z' },
      { product: 3, combination: 1, kind: 'x', at: '2026-11-22T01:59:40+01:00' },
      { product: 9, combination: 2, kind: 'something new', at: '2026-11-22T00:59:20Z' },
    ]);
    expect(notice.changeCount).toBe(3);
    expect(notice.products).toEqual([
      { productId: 3, seenAtMs: Date.parse('2026-11-22T00:59:40Z') },
      { productId: 9, seenAtMs: Date.parse('2026-11-22T00:59:20Z') },
    ]);
  });

  it('of a shop whose clock goes fast was seen now, not later', () => {
    expect(batch([{ product: 9, kind: 'stock', at: '2026-11-22T01:04:00Z' }]).products).toEqual([
      { productId: 9, seenAtMs: nowMs },
    ]);
  });

  it.each([
    ['no change', []],
    ['1,001 changes', Array.from({ length: 1_001 }, () => ({ product: 1, kind: 's', at: '2026-11-22T01:00:00Z' }))],
    ['a product 0', [{ product: 0, kind: 's', at: '2026-11-22T01:00:00Z' }]],
    ['a time without its offset', [{ product: 1, kind: 's', at: '2026-11-22T01:00:00' }]],
  ])('with %s is refused', (_what, changes) => {
    expect(() => batch(changes)).toThrow(/changes/);
  });
});
