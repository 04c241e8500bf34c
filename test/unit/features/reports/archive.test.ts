import { readdirSync, readlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Archive } from '../../../../src/features/reports/archive.js';

const AT_MS = Date.parse('2026-11-21T23:59:59.999Z');

describe('The archive', () => {
  let folder = '';
  let archive: Archive;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'feedbridge-archive-'));
    archive = new Archive(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('keeps a text compressed, by kind and UTC day, and gives it back byte for byte', async () => {
    const text = `Größe 😀 ${'x'.repeat(100_000)}`;
    const path = await archive.reserve('results', 'feed-7.xml.gz', AT_MS);
    await archive.write(path, text);
    expect(path).toBe('results/2026/11/21/feed-7.xml.gz');
    expect(gunzipSync(await readFile(join(folder, path))).toString()).toBe(text);
    expect(await archive.read(path)).toBe(text);
  });

  it('can be moved: its paths are relative to the folder', async () => {
    const path = await archive.reserve('documents', 'a.xml.gz', AT_MS);
    await archive.write(path, 'moved');
    const moved = `${folder}-moved`;
    await rm(moved, { recursive: true, force: true });
    const { rename } = await import('node:fs/promises');
    await rename(folder, moved);
    expect(await new Archive(moved).read(path)).toBe('moved');
    await rm(moved, { recursive: true, force: true });
  });

  it('writes a file uncompressed to the place of a person’s choice, whose folders are made', async () => {
    const path = await archive.reserve('documents', 'a.xml.gz', AT_MS);
    await archive.write(path, '<a/>');
    const target = join(folder, 'out', 'deep', 'a.xml');
    await archive.exportTo(path, target);
    expect(await readFile(target, 'utf8')).toBe('<a/>');
  });

  it('says which file is missing, also when a folder has its name', async () => {
    await archive.reserve('documents', 'x.gz', AT_MS);
    for (const path of ['documents/none.xml.gz', 'documents'])
      await expect(archive.open(path)).rejects.toMatchObject({
        code: 'ARCHIVED_FILE_MISSING',
        message: expect.stringContaining(path),
      });
  });

  it('removes a file, and one that is gone already without complaint', async () => {
    const path = await archive.reserve('logs', 'a.gz', AT_MS);
    await archive.write(path, 'x');
    await archive.remove(path);
    await archive.remove(path);
    await expect(stat(join(folder, path))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('reports a damaged file instead of giving back half of it', async () => {
    const path = await archive.reserve('results', 'cut.gz', AT_MS);
    await archive.write(path, 'x'.repeat(50_000));
    truncateSync(archive.absolute(path), 30);
    await expect(archive.read(path)).rejects.toThrow();
    writeFileSync(archive.absolute(path), 'not compressed at all');
    await expect(archive.read(path)).rejects.toThrow();
  });

  it.skipIf(process.platform !== 'linux')('holds no file open that a reader left in the middle', async () => {
    const path = await archive.reserve('logs', 'long.gz', AT_MS);
    const noise = Array.from({ length: 400_000 }, (_, index) => (index * 2_654_435_761) % 4_294_967_296).join(' ');
    await archive.write(path, noise);
    const reader = await archive.open(path);
    for await (const _chunk of reader) break;
    await new Promise((resolve) => (reader.closed ? resolve(null) : reader.once('close', resolve)));
    await expect.poll(() => openFiles().filter((file) => file.startsWith(folder))).toEqual([]);
  });

  it('names the place when no space is left', async () => {
    await expect(new Archive('/dev').write('full', 'x'.repeat(100_000))).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringContaining('/dev/full'),
    });
  });
});

function openFiles(): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      return [readlinkSync(`/proc/self/fd/${name}`)];
    } catch {
      // The descriptor with which the folder itself was read is closed by now.
      return [];
    }
  });
}
