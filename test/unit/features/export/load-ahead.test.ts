import { describe, expect, it } from 'vitest';
import { loadAhead } from '../../../../src/features/export/load-ahead.js';

async function* pieces(count: number, seen: { read: number; ended: boolean }): AsyncGenerator<number> {
  try {
    for (let piece = 1; piece <= count; piece += 1) {
      seen.read = piece;
      yield piece;
    }
  } finally {
    seen.ended = true;
  }
}

describe('loading ahead', () => {
  it('gives what was loaded for every piece, in order, whatever loads first', async () => {
    const seen = { read: 0, ended: false };
    const slowFirst = (piece: number) => (piece === 1 ? laterBy(3, piece) : Promise.resolve(piece * 10));
    const loaded: number[] = [];
    for await (const one of loadAhead(pieces(4, seen), slowFirst, 2)) loaded.push(one);
    expect(loaded).toEqual([10, 20, 30, 40]);
    expect(seen.ended).toBe(true);
  });

  it('has loaded the next piece before the caller asks for it, and no more than it was told', async () => {
    const seen = { read: 0, ended: false };
    const loads: number[] = [];
    const load = async (piece: number) => {
      loads.push(piece);
      return piece;
    };
    const loading = loadAhead(pieces(10, seen), load, 1);
    await loading.next();
    await laterBy(5, 0);
    expect(loads).toEqual([1, 2]);
    await loading.return();
    expect(seen.ended).toBe(true);
  });

  it('tells of a failed loading when the caller comes to that piece, not before', async () => {
    const seen = { read: 0, ended: false };
    const load = (piece: number) => (piece === 2 ? Promise.reject(new Error('no second')) : Promise.resolve(piece));
    const loading = loadAhead(pieces(3, seen), load, 2);
    expect(await loading.next()).toEqual({ value: 1, done: false });
    await expect(loading.next()).rejects.toThrow('no second');
    expect(seen.ended).toBe(true);
  });

  it('gives nothing when there is no piece', async () => {
    const seen = { read: 0, ended: false };
    expect(await loadAhead(pieces(0, seen), (piece) => Promise.resolve(piece), 3).next()).toMatchObject({ done: true });
  });
});

/** Some turns of the microtask queue, then the value times ten. */
async function laterBy(turns: number, value: number): Promise<number> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
  return value * 10;
}
