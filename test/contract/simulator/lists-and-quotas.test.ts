import { afterEach, describe, expect, it } from 'vitest';
import { BRITAIN, envelope, FRANCE, inventory, price, SimulatorBench } from './simulator-bench.js';

const FEEDS = '/feeds/2021-06-30/feeds';
const STOCK = 'POST_INVENTORY_AVAILABILITY_DATA';
const PRICE = 'POST_PRODUCT_PRICING_DATA';

describe('The simulator', () => {
  let bench: SimulatorBench;
  afterEach(() => bench.close());

  const submitStock = (places = [FRANCE.id]) =>
    bench.client.submit(STOCK, envelope('Inventory', [[inventory('A', 1)]]), places);
  const submitPrice = () => bench.client.submit(PRICE, envelope('Price', [[price('A', '1.00')]]), [FRANCE.id]);
  async function idsOf(query: string): Promise<{ ids: readonly string[]; nextToken?: string }> {
    const { status, body } = await bench.client.call('GET', `${FEEDS}?${query}`);
    if (status !== 200) return { ids: [`${status}`] };
    const { feeds, nextToken } = body as { feeds: { feedId: string }[]; nextToken?: string };
    return { ids: feeds.map(({ feedId }) => feedId), ...(nextToken === undefined ? {} : { nextToken }) };
  }

  it('lists feeds newest first, by type, marketplace, state and time', async () => {
    bench = await SimulatorBench.open('SQLite');
    const first = await submitStock();
    bench.clock.advance(1_500);
    const second = await submitStock([BRITAIN.id]);
    const other = await submitPrice();
    expect((await idsOf(`feedTypes=${STOCK}`)).ids).toEqual([second, first]);
    expect((await idsOf(`feedTypes=${STOCK},${PRICE}`)).ids).toEqual([other, second, first]);
    expect((await idsOf(`feedTypes=${STOCK}&marketplaceIds=${BRITAIN.id}`)).ids).toEqual([second]);
    expect((await idsOf(`feedTypes=${STOCK}&processingStatuses=IN_PROGRESS`)).ids).toEqual([first]);
    const since = encodeURIComponent(new Date(bench.clock.nowMs()).toISOString());
    expect((await idsOf(`feedTypes=${STOCK}&createdSince=${since}`)).ids).toEqual([second]);
    expect((await idsOf(`feedTypes=${STOCK}&createdUntil=${since}`)).ids).toEqual([second, first]);
    expect((await idsOf(`feedTypes=${STOCK}&createdSince=2026-01-01T00:00:00Z`)).ids).toEqual(['400']);
    expect((await idsOf(`feedTypes=${STOCK}&processingStatuses=LATE`)).ids).toEqual(['400']);
  });

  it('gives lists in pages, by a token that comes alone', async () => {
    bench = await SimulatorBench.open('SQLite');
    const made = [await submitStock(), await submitStock(), await submitStock()].reverse();
    const first = await idsOf(`feedTypes=${STOCK}&pageSize=2`);
    expect(first.ids).toEqual(made.slice(0, 2));
    const second = await idsOf(`nextToken=${first.nextToken}`);
    expect(second).toEqual({ ids: made.slice(2) });
    expect(await idsOf(`feedTypes=${STOCK}&pageSize=3`)).toEqual({ ids: made });
    expect((await idsOf(`nextToken=${first.nextToken}&pageSize=2`)).ids).toEqual(['400']);
    expect((await idsOf('nextToken=abc')).ids).toEqual(['400']);
  });

  it('answers 429 when a quota is used up, and takes calls again when it has come back', async () => {
    bench = await SimulatorBench.open('SQLite', { quotas: { getFeeds: { perSecond: 0.1, burst: 2 } } });
    const statuses = async () => (await bench.client.call('GET', `${FEEDS}?feedTypes=X`)).status;
    expect([await statuses(), await statuses(), await statuses()]).toEqual([200, 200, 429]);
    bench.clock.advance(9_000);
    expect(await statuses()).toBe(429);
    bench.clock.advance(1_000);
    const again = await bench.client.call('GET', `${FEEDS}?feedTypes=X`);
    expect([again.status, again.headers.get('x-amzn-RateLimit-Limit')]).toEqual([200, '0.1']);
    const refused = await bench.client.call('GET', `${FEEDS}?feedTypes=X`);
    expect([refused.status, refused.headers.get('x-amzn-RateLimit-Limit')]).toEqual([429, null]);
    expect(refused.body).toMatchObject({ errors: [{ code: 'QuotaExceeded' }] });
  });
});
