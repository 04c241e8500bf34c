import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FeedHeader,
  type FeedMessage,
  readFeedDocument,
} from '../../../../src/simulator/processing/read-feed-document.js';

const DOCUMENT = `<?xml version="1.0" encoding="UTF-8"?>
<AmazonEnvelope><Header><DocumentVersion>1.01</DocumentVersion><MerchantIdentifier>A1</MerchantIdentifier></Header>
<MessageType>Price</MessageType><PurgeAndReplace>false</PurgeAndReplace>
<Message><MessageID>1</MessageID><Price><SKU>größe €</SKU><StandardPrice currency="EUR">1.50</StandardPrice></Price></Message>
<Message><MessageID>2</MessageID><OperationType>Delete</OperationType><Price><SKU><![CDATA[a<b]]>&amp;c</SKU></Price></Message>
</AmazonEnvelope>`;

async function read(bytes: Uint8Array, cuts: readonly number[] = []): Promise<(FeedHeader | FeedMessage)[]> {
  async function* pieces() {
    const places = [0, ...[...cuts].sort((one, other) => one - other), bytes.length];
    for (const [at, from] of places.slice(0, -1).entries()) yield bytes.subarray(from, places[at + 1]);
  }
  const events: (FeedHeader | FeedMessage)[] = [];
  for await (const event of readFeedDocument(pieces())) events.push(event);
  return events;
}

describe('Reading a feed document', () => {
  it('gives the header, then each message with its operation and payload', async () => {
    const [header, first, second] = await read(Buffer.from(DOCUMENT));
    expect(header).toEqual({ kind: 'header', merchantIdentifier: 'A1', messageType: 'Price', purgeAndReplace: false });
    expect(first).toMatchObject({ kind: 'message', messageId: '1', operation: 'Update', line: 4 });
    expect(second).toMatchObject({ kind: 'message', messageId: '2', operation: 'Delete' });
    const payloads = [first, second].flatMap((event) =>
      event?.kind === 'message' && event.payload ? [event.payload] : [],
    );
    expect(payloads.map((payload) => payload.textAt('SKU'))).toEqual(['größe €', 'a<b&c']);
    expect(payloads[0]?.child('StandardPrice')?.attributes).toEqual({ currency: 'EUR' });
  });

  it('does not depend on where the bytes are cut, even inside a character', async () => {
    const bytes = Buffer.from(DOCUMENT);
    const whole = await read(bytes);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length)), async (cuts) => {
        expect(await read(bytes, cuts)).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['nothing', '', /^XML Parsing Error at Line 1/],
    ['plain text', 'Internal error', /Line 1/],
    ['another root', '<html/>', /Line 1/],
    ['a DTD', '<!DOCTYPE AmazonEnvelope [<!ENTITY x "y">]><AmazonEnvelope/>', /Line 1/],
    ['an unknown entity', '<AmazonEnvelope><Header>&x;</Header></AmazonEnvelope>', /Line 1/],
    ['a missing end', DOCUMENT.slice(0, -3), /Line 6/],
    ['a NUL', DOCUMENT.replace('größe', 'gr\0ße'), /Line 4/],
  ])('stops at %s and names the place', async (_case, text, place) => {
    await expect(read(Buffer.from(text))).rejects.toThrow(place);
  });

  it('stops at bytes that are not UTF-8', async () => {
    await expect(read(Buffer.from(DOCUMENT, 'latin1'))).rejects.toMatchObject({
      code: 'UNREADABLE_FEED_DOCUMENT',
      details: { reason: 'the bytes are not UTF-8' },
    });
  });
});
