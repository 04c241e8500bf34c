import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CompressedTextFile } from '../../../../src/features/reports/compressed-text-file.js';

describe('A text file that grows', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'feedbridge-text-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  let count = 0;
  const nextPath = () => {
    count += 1;
    return join(folder, `${count}.gz`);
  };
  const read = async (path: string) => gunzipSync(await readFile(path)).toString();

  it('holds the pieces in their order, however they were drained, and counts their bytes', async () => {
    const pieces = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('ä😀'.repeat(5_000))), {
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(pieces, fc.integer({ min: 1, max: 5 }), async (texts, every) => {
        const path = nextPath();
        const file = new CompressedTextFile(path);
        for (const [index, text] of texts.entries()) {
          file.append(text);
          if (index % every === 0) await file.drain();
        }
        expect(file.bytes).toBe(Buffer.byteLength(texts.join('')));
        await file.close();
        expect(await read(path)).toBe(Buffer.from(texts.join('')).toString());
      }),
      { numRuns: 25 },
    );
  });

  it('is an empty text when nothing was appended', async () => {
    const path = nextPath();
    await new CompressedTextFile(path).close();
    expect(await read(path)).toBe('');
  });

  it('reports a full disk when it is drained or closed, and names the file', async () => {
    const file = new CompressedTextFile('/dev/full');
    const noise = Array.from({ length: 60_000 }, () => Math.random().toString(36)).join('');
    const written = (async () => {
      for (let round = 0; round < 20; round += 1) {
        file.append(noise);
        await file.drain();
      }
      await file.close();
    })();
    await expect(written).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringContaining('/dev/full'),
    });
    await expect(file.close()).rejects.toMatchObject({ code: 'DISK_FULL' });
  });

  it('reports a place that cannot be written, and names it', async () => {
    const path = join(folder, 'no', 'such', 'folder.gz');
    const file = new CompressedTextFile(path);
    file.append('x');
    await expect(file.close()).rejects.toMatchObject({ code: 'ENOENT', message: expect.stringContaining(path) });
  });
});
