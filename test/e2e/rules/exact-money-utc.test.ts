import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { documentsOf, messagesOf } from '../../support/export-documents.js';
import { BOARD, LISTED, ListedShop } from '../../support/export-listed-shop.js';
import { display } from '../../support/export-program.js';
import { describeEachDatabase, type TestDatabase } from '../../support/test-databases.js';

const HOUR_MS = 3_600_000;
const zone = process.env.TZ;

describeEachDatabase('money is exact and times are UTC', (_, open) => {
  let database: TestDatabase;
  let listed: ListedShop;
  beforeAll(async () => {
    database = await open();
    listed = await ListedShop.open(database.url);
  });
  afterAll(async () => {
    await listed?.close();
    await database?.drop();
  });
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  /** The price that a message says for a product at that price without tax. */
  const saidAt = async (priceTaxExcluded: string) => {
    await listed.office.setPrice(BOARD.id, priceTaxExcluded);
    const run = await display(listed.shop, { products: [BOARD.id], pricesOnly: true });
    const message = (await messagesOf(listed.shop.program, run, 'Price')).get(BOARD.sku);
    return (message?.body.StandardPrice as Record<string, string> | undefined)?.['#text'];
  };

  it('where binary fractions and rounding twice go wrong', async () => {
    // 0.8375 × 1.2 is 1.005, as a binary fraction 1.00499…; 8.333333 × 1.2 is 9.9999996; 0.004166 × 1.2 is 0.0049992.
    expect(await saidAt('0.837500')).toBe('1.01');
    expect(await saidAt('8.333333')).toBe('10.00');
    expect(await saidAt('0.004166')).toBeUndefined();
    expect(await saidAt('0.004167')).toBe('0.01');
    expect(await saidAt('12.129166')).toBe('14.55');
    expect(await saidAt('12.129167')).toBe('14.56');
    expect(await saidAt('9999999.995833')).toBe('11999999.99');
  });

  it('for any price of the shop, rounded once, half up', async () => {
    const price = fc.bigInt({ min: 10_000n, max: 99_999_999_999n });
    await fc.assert(
      fc.asyncProperty(price, async (millionths) => {
        const text = `${millionths / 1_000_000n}.${String(millionths % 1_000_000n).padStart(6, '0')}`;
        // 1.2 × millionths, in ten-millionths; a cent is 100,000 of them.
        const cents = (millionths * 12n + 50_000n) / 100_000n;
        const exact = `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
        expect([text, await saidAt(text)]).toEqual([text, exact]);
      }),
      { numRuns: 25 },
    );
  });

  it('wherever the process runs: documents are the same to the byte', async () => {
    const texts: string[][] = [];
    for (const where of ['UTC', 'Pacific/Kiritimati', 'America/New_York']) {
      process.env.TZ = where;
      expect(new Date(0).getTimezoneOffset()).toBe(
        { UTC: 0, 'Pacific/Kiritimati': 640, 'America/New_York': 300 }[where],
      );
      const run = await display(listed.shop, { all: true, create: true, extendedData: true });
      texts.push((await documentsOf(listed.shop.program, run)).map((one) => one.xml));
    }
    expect(texts[0]?.join('')).toContain('<Sale>');
    expect(texts[1]).toEqual(texts[0]);
    expect(texts[2]).toEqual(texts[0]);
  });

  it('in every time that our tables keep', async () => {
    process.env.TZ = 'Pacific/Kiritimati';
    const { program, clock } = listed.shop;
    const from = clock.nowMs();
    await listed.send(LISTED.map(({ id }) => id));
    await listed.settle();
    const until = clock.nowMs();
    const times = [
      ...(await program.feeds.list({ limit: 10 })).flatMap((feed) => [
        feed.createdAtMs,
        feed.submittedAtMs,
        feed.settledAtMs,
      ]),
      ...(await program.export.list({ limit: 1 })).flatMap((run) => [run.createdAtMs, run.endedAtMs]),
      ...(await program.journal.list({ limit: 5 })).map((row) => row.atMs),
      ...(await program.listings.history(listed.account.id, BOARD.sku, 10)).map((entry) => entry.atMs),
      (await listed.partOf(BOARD.sku, 'price'))?.acceptedAtMs,
    ];
    expect(times.length).toBeGreaterThan(10);
    for (const time of times) expect(time).toSatisfy((one: number) => from <= one && one <= until);
    expect(until - from).toBeLessThan(HOUR_MS);
    const [feed] = await program.feeds.list({ limit: 1 });
    expect(feed?.documentPath).toMatch(/^documents\/2026\/11\/21\//);
  });
});
