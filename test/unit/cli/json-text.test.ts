import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonText } from '../../../src/cli/json-text.js';

async function written(value: unknown): Promise<unknown> {
  let text = '';
  for await (const piece of jsonText(value)) text += piece;
  return JSON.parse(text);
}

async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

describe('JSON on the command line', () => {
  it('is what JSON.stringify would write, for any value', async () => {
    const value = fc.jsonValue().filter((one) => !JSON.stringify(one).includes('AtMs'));
    await fc.assert(
      fc.asyncProperty(value, async (one) => {
        expect(await written(one)).toEqual(JSON.parse(JSON.stringify(one)));
      }),
    );
  });

  it('writes what comes one by one as an array, by itself or as a field', async () => {
    const values = fc.array(fc.jsonValue().filter((one) => !JSON.stringify(one).includes('AtMs')));
    await fc.assert(
      fc.asyncProperty(values, async (some) => {
        const plain = JSON.parse(JSON.stringify(some));
        expect(await written(each(some))).toEqual(plain);
        expect(await written({ before: 1, lines: each(some), left: undefined })).toEqual({ before: 1, lines: plain });
      }),
    );
  });

  it('writes instants as ISO 8601 under a name without their unit', async () => {
    const at = Date.parse('2026-11-21T14:00:00.000Z');
    expect(await written([{ createdAtMs: at, endedAtMs: null, timeoutMs: 5, deep: { readAtMs: at } }])).toEqual([
      {
        createdAt: '2026-11-21T14:00:00.000Z',
        endedAt: null,
        timeoutMs: 5,
        deep: { readAt: '2026-11-21T14:00:00.000Z' },
      },
    ]);
  });
});
