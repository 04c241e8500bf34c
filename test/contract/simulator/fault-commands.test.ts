import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SimulatorBench } from './simulator-bench.js';

const LOST = { kind: 'lost-answer', operations: ['createFeed'] };
const FATAL = { kind: 'fatal', types: ['POST_PRODUCT_DATA'], skus: ['LAMP'], every: 1 };

describe('Commands of faults', () => {
  let bench: SimulatorBench;
  beforeAll(async () => {
    bench = await SimulatorBench.open('SQLite');
  });
  afterAll(() => bench.close());

  const kindsOf = ({ faults }: Readonly<Record<string, unknown>>) =>
    (faults as { kind: string }[]).map(({ kind }) => kind);

  it('replace, add, show and take away', async () => {
    const replaced = await bench.client.control('PUT', '/faults', { faults: [LOST] });
    expect(replaced).toEqual({
      faults: [{ id: expect.any(Number), ...LOST, times: 1, seen: 0, drawn: 0 }],
      stuck: [],
      httpStatus: 200,
    });
    const added = await bench.client.control('POST', '/faults', { faults: [FATAL] });
    expect(added.faults).toEqual([expect.objectContaining(LOST), expect.objectContaining({ ...FATAL, times: null })]);
    const [first] = added.faults as { id: number }[];
    expect(kindsOf(await bench.client.control('DELETE', `/faults?id=${first?.id}`))).toEqual(['fatal']);
    expect(kindsOf(await bench.client.control('PUT', '/faults', { faults: [LOST] }))).toEqual(['lost-answer']);
    expect(kindsOf(await bench.client.control('DELETE', '/faults'))).toEqual([]);
    expect(kindsOf(await bench.client.control('GET', '/faults'))).toEqual([]);
  });

  it.each([
    [{ kind: 'explode' }, 'kind'],
    [{ kind: 'answer', status: 500 }, 'status'],
    [{ kind: 'slow-answer' }, 'delayMs'],
    [{ kind: 'lost-answer', operations: ['createFeeds'] }, 'operations'],
    [{ kind: 'fatal', types: ['POST_NOTHING'] }, 'POST_NOTHING'],
    [{ kind: 'fatal', operations: ['createFeed'] }, 'operations'],
    [{ kind: 'transient-error' }, 'skus'],
    [{ kind: 'stuck', every: 2, probability: 0.5 }, 'not both'],
    [{ kind: 'stuck', seed: 'x' }, 'probability'],
    [{ kind: 'stuck', times: 0 }, 'times'],
    [{ kind: 'stuck', sellerId: 'NOBODY' }, 'NOBODY'],
  ])('refuse %j, naming %s, and leave the others as they were', async (order, named) => {
    await bench.client.command(LOST);
    const refused = await bench.client.control('PUT', '/faults', { faults: [FATAL, order] });
    expect([refused.httpStatus, refused.message]).toEqual([400, expect.stringContaining(named)]);
    expect(kindsOf(await bench.client.control('GET', '/faults'))).toEqual(['lost-answer']);
  });

  it('refuse to take away or release what is not there', async () => {
    expect(await bench.client.control('DELETE', '/faults?id=999')).toMatchObject({ httpStatus: 404 });
    expect(await bench.client.control('POST', '/release', { id: '50000000001' })).toMatchObject({ httpStatus: 404 });
    expect(await bench.client.control('POST', '/release')).toMatchObject({ httpStatus: 200, stuck: [] });
  });
});
