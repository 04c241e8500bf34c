import { describe, expect, it } from 'vitest';
import { type PageRead, readAhead } from '../../../../src/shop/prestashop-database/read-ahead.js';

/** Pages 0, 1, 2 … whose content is delivered by hand. */
function handDelivered(pages: number) {
  const started: number[] = [];
  const deliver: (() => void)[] = [];
  const start = (after: number): PageRead<string> => {
    started.push(after);
    const content = new Promise<string>((resolve) => deliver.push(() => resolve(`page ${after}`)));
    return { nextAfter: Promise.resolve(after + 1 < pages ? after + 1 : null), content };
  };
  return { started, deliver, start };
}

describe('readAhead', () => {
  it('gives the pages in order, however late the first one comes', async () => {
    const { start, deliver } = handDelivered(3);
    const read = readAhead(start, 3);
    const first = read.next();
    await expect.poll(() => deliver.length).toBe(3);
    for (const one of deliver.reverse()) one();
    expect([(await first).value, (await read.next()).value, (await read.next()).value]).toEqual([
      'page 0',
      'page 1',
      'page 2',
    ]);
    expect((await read.next()).done).toBe(true);
  });

  it('has no more pages under way than it may', async () => {
    const { start, started, deliver } = handDelivered(9);
    const read = readAhead(start, 2);
    const first = read.next();
    await expect.poll(() => started.length).toBe(2);
    deliver[0]?.();
    await first;
    expect(started).toEqual([0, 1]);
    for (const one of deliver) one();
    await read.return();
  });

  it('waits for what is under way when the caller stops early', async () => {
    const { start, deliver } = handDelivered(9);
    const read = readAhead(start, 3);
    const first = read.next();
    await expect.poll(() => deliver.length).toBe(3);
    deliver[0]?.();
    await first;
    let stopped = false;
    const stop = read.return().then(() => {
      stopped = true;
    });
    await Promise.resolve();
    expect(stopped).toBe(false);
    for (const one of deliver) one();
    await stop;
    expect(stopped).toBe(true);
  });

  it('throws the failure of a page when its turn comes, not before', async () => {
    const failure = new Error('cut');
    const start = (after: number): PageRead<number> => ({
      nextAfter: Promise.resolve(after === 0 ? 1 : null),
      content: after === 0 ? Promise.resolve(0) : Promise.reject(failure),
    });
    const read = readAhead(start, 3);
    expect(await read.next()).toEqual({ done: false, value: 0 });
    await expect(read.next()).rejects.toBe(failure);
  });
});
