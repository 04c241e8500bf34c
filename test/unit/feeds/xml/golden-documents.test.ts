import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { renderEnvelope } from '../../../../feeds/xml/envelope.js';
import { LISTING_MESSAGE_TYPES } from '../../../../feeds/xml/feed-types.js';
import { GOLDEN_MESSAGES } from './golden-messages.js';

const golden = (name: string) => readFileSync(new URL(`../../../fixtures/feeds/${name}`, import.meta.url), 'utf8');

function documentOf(messageType: (typeof LISTING_MESSAGE_TYPES)[number]): string {
  return [...renderEnvelope({ merchantId: 'A1EXAMPLESELLER', messageType }, GOLDEN_MESSAGES[messageType])].join('');
}

describe('feed documents', () => {
  test.each(LISTING_MESSAGE_TYPES)('a %s document has exactly the expected bytes', (messageType) => {
    expect(documentOf(messageType)).toBe(golden(`${messageType}.xml`));
  });

  test('every message stands on a line of its own, with ids from 1', () => {
    const lines = documentOf('Product').split('\n');
    const ids = lines.flatMap((line) => /^<Message><MessageID>(\d+)<.*<\/Message>$/.exec(line)?.[1] ?? []);
    expect(ids).toEqual(['1', '2', '3']);
  });

  test('no document ever asks Amazon to purge', () => {
    const all = LISTING_MESSAGE_TYPES.map(documentOf).join('');
    expect(all).not.toContain('PurgeAndReplace');
  });

  test('a seller id with markup cannot break the envelope', () => {
    const start = [...renderEnvelope({ merchantId: 'A<1>&', messageType: 'Price' }, [])].join('');
    expect(start).toContain('<MerchantIdentifier>A&lt;1&gt;&amp;</MerchantIdentifier>');
  });
});
