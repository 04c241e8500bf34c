import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bridge } from './bridge.js';

interface Faults {
  readonly faults: readonly { readonly id: number; readonly kind: string; readonly drawn: number }[];
  readonly stuck: readonly string[];
}

let bridge: Bridge;
beforeAll(async () => {
  bridge = new Bridge();
  await bridge.run('setup');
});
afterAll(() => bridge.remove());

describe('Faults of the simulated Amazon on the command line', () => {
  it('are commanded, shown and taken away, and outlast the process that commanded them', async () => {
    expect((await bridge.run('simulator', 'fault', 'list')).out).toBe('Nothing is commanded to fail.\n');
    await bridge.run('simulator', 'fault', 'add', 'lost-answer', '--operations', 'createFeed,getFeed', '--times', '2');
    const chance = ['--probability', '0.25', '--seed', 'a', '--messages', '1,2', '--types', 'POST_PRODUCT_DATA'];
    await bridge.run('simulator', 'fault', 'add', 'fatal', ...chance);
    const { faults } = await bridge.json<Faults>('simulator', 'fault', 'list');
    expect(faults).toEqual([
      { id: 1, kind: 'lost-answer', operations: ['createFeed', 'getFeed'], times: 2, seen: 0, drawn: 0 },
      expect.objectContaining({ kind: 'fatal', probability: 0.25, seed: 'a', messageIds: ['1', '2'], times: null }),
    ]);
    const { out } = await bridge.run('simulator', 'fault', 'remove', '1');
    expect(out).toMatch(/^FAULT +KIND +STRUCK .*\n +2 +fatal +0 +\S +0 +types POST_PRODUCT_DATA/);
    expect(await bridge.json('simulator', 'fault', 'remove', '--all')).toEqual({ faults: [], stuck: [] });
  });

  it('strike what asks the simulated Amazon afterwards', async () => {
    await bridge.run('simulator', 'fault', 'add', 'answer', '--status', '503', '--operations', 'getAccessToken');
    await bridge.run('account', 'test', 'simulator');
    const { faults } = await bridge.json<Faults>('simulator', 'fault', 'list');
    expect(faults).toMatchObject([{ kind: 'answer', drawn: 1 }]);
    await bridge.run('simulator', 'fault', 'remove', '--all');
  });

  it('release what is stuck, and say with 2 that nothing of that id is', async () => {
    expect(await bridge.json('simulator', 'release')).toEqual({ faults: [], stuck: [] });
    expect(await bridge.run('simulator', 'release', '50000000001')).toMatchObject({
      code: 2,
      err: expect.stringContaining('50000000001'),
    });
  });

  it.each([
    [['add', 'explode'], 'kind'],
    [['add', 'slow-answer'], 'delayMs'],
    [['add', 'answer', '--status', '404'], '--status'],
    [['add', 'stuck', '--probability', '2'], '--probability'],
    [['remove'], '--all'],
    [['remove', '99'], 'no fault 99'],
  ])('refuse %j as wrong use and name %s', async (argv, named) => {
    const ran = await bridge.run('simulator', 'fault', ...argv);
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining(named)]);
  });
});
