import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../../../src/simulator/random-source.js';
import { acceptAll, type FeedAnswer, processingReport, type ReceivedFeed } from '../../support/export-amazon.js';
import { BOARD, DESK, ListedShop } from '../../support/export-listed-shop.js';
import { addSeller, openExportProgram, send } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

/** Few products and two values of each, so that a change back while a feed is open is no rare thing. */
const SOLD = [BOARD, DESK] as const;
const EPISODES = 12;
const STEPS = 5;
const STOCKS = [0, 20] as const;
const PRICES = ['10.000000', '50.000000'] as const;
const WITH_TAX: Readonly<Record<string, string>> = { '10.000000': '12.00', '50.000000': '60.00' };

describeEachDatabase(
  'for one SKU and part the newest desired value is the last one that Amazon gets:',
  (name, open) => {
    let database: TestDatabase;
    let listed: ListedShop;
    beforeAll(async () => {
      database = await open();
      listed = await ListedShop.open(database.url);
      for (const { id } of SOLD) {
        await listed.office.setPrice(id, PRICES[0]);
        await listed.office.setStock(id, 0, 20);
      }
      await listed.send(SOLD.map(({ id }) => id));
      await listed.calmDown();
    });
    afterAll(async () => {
      await listed?.close();
      await database?.drop();
    });

    /** What Amazon was given last of a SKU in messages of a type, among feeds that it took. */
    const lastOf = (sku: string, messageType: string, pattern: RegExp) => {
      const messages = listed.amazon.feeds
        .filter((feed) => feed.messageType === messageType)
        .flatMap((feed) => feed.messages)
        .filter((message) => message.sku === sku);
      return pattern.exec(JSON.stringify(messages.at(-1)?.body))?.[1];
    };

    it('whatever changes at whatever moment, while feeds are open, cancelled, or their reports are cut', async () => {
      const random = seededRandom(`newest ${name}`);
      let drawn = 0;
      const below = (limit: number) => {
        drawn += 1;
        return Math.floor(random(String(drawn)) * limit);
      };
      const stocks = new Map<number, (typeof STOCKS)[number]>(SOLD.map(({ id }) => [id, STOCKS[1]]));
      const prices = new Map<number, (typeof PRICES)[number]>(SOLD.map(({ id }) => [id, PRICES[0]]));
      const fates = new Map<string, number>();
      const unreliable = (feed: ReceivedFeed): FeedAnswer => {
        const fate = fates.get(feed.feedId) ?? below(6);
        fates.set(feed.feedId, fate === LATER ? DONE : fate);
        return answerOf(feed, fate);
      };
      for (let episode = 0; episode < EPISODES; episode += 1) {
        listed.amazon.answer = unreliable;
        for (let step = 0; step < STEPS; step += 1) {
          const { id } = SOLD[below(SOLD.length)] ?? BOARD;
          if (below(2) === 0) stocks.set(id, otherOf(STOCKS, stocks.get(id)));
          else prices.set(id, otherOf(PRICES, prices.get(id)));
          await listed.office.setStock(id, 0, stocks.get(id) ?? 0);
          await listed.office.setPrice(id, prices.get(id) ?? PRICES[0]);
          await listed.send([id]);
          if (below(3) > 0) continue;
          listed.shop.clock.advance(300_000);
          await listed.shop.program.poller.pollDue();
        }
        // Nothing is marked any more: what was lost on the way stays lost.
        await listed.calmDown();
        for (const { id, sku } of SOLD) {
          expect([sku, lastOf(sku, 'Inventory', /"Quantity":"?(\d+)/)]).toEqual([sku, String(stocks.get(id))]);
          const price = WITH_TAX[prices.get(id) ?? ''];
          expect([sku, lastOf(sku, 'Price', /"StandardPrice":\{"#text":"([\d.]+)"/)]).toEqual([sku, price]);
        }
      }
      expect(await listed.rows()).toEqual([]);
    });

    it('and nothing is sent to an account whose listings were never read', async () => {
      const shop = await openExportProgram({ databaseUrl: (await open()).url });
      try {
        await addSeller(shop, { baseUrl: listed.amazon.url, name: 'unread' });
        listed.amazon.before = (operation) => (operation === 'POST /reports/reports' ? 403 : undefined);
        const count = listed.amazon.feeds.length;
        await expect(send(shop, { products: [BOARD.id], create: true })).rejects.toThrow(/403|refused/i);
        expect(listed.amazon.feeds).toHaveLength(count);
        listed.amazon.before = () => undefined;
        listed.amazon.answer = acceptAll;
        await send(shop, { products: [BOARD.id], create: true });
        expect(listed.amazon.feeds.length).toBeGreaterThan(count);
      } finally {
        listed.amazon.before = () => undefined;
        await shop.close();
      }
    });
  },
);

function otherOf<T>([one, other]: readonly [T, T], value: T | undefined): T {
  return value === one ? other : one;
}

const [DONE, CANCELLED, CUT, LATER] = [0, 1, 2, 3];

/** Most feeds are taken at once; one is cancelled, one has a report without its end, one is taken at the second look. */
function answerOf(feed: ReceivedFeed, fate: number): FeedAnswer {
  if (fate === CANCELLED) return { status: 'CANCELLED' };
  if (fate === CUT) return { status: 'DONE', report: processingReport(feed.messages.length).slice(0, 300) };
  if (fate === LATER) return { status: 'IN_PROGRESS' };
  return acceptAll(feed);
}
