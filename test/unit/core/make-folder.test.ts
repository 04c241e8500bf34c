import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../../../src/core/make-folder.js';

const home = mkdtempSync(join(tmpdir(), 'feedbridge-test-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('Making a folder', () => {
  it('makes those above it too, with the rights that were asked for, and is content with one that is there', () => {
    const folder = join(home, 'a', 'b', 'c');
    makeFolder(folder, 0o700);
    makeFolder(folder, 0o700);
    expect(statSync(join(home, 'a')).mode & 0o777).toBe(0o700);
    expect(statSync(folder).isDirectory()).toBe(true);
  });

  it('says what is in the way', () => {
    writeFileSync(join(home, 'file'), '');
    expect(() => makeFolder(join(home, 'file'))).toThrow('EEXIST');
    expect(() => makeFolder(join(home, 'file', 'below', 'it'))).toThrow('ENOTDIR');
  });

  it.skipIf(process.platform !== 'linux')('ends with an error where nothing can be made, as under /proc', () => {
    const script = "const { makeFolder } = await import('./src/core/make-folder.ts'); makeFolder('/proc/no/such');";
    const argv = ['--import', 'tsx', '--input-type=module', '-e', script];
    // In a process of its own: what this is about never returns, and could not be stopped from here.
    const ended = spawnSync(process.execPath, argv, { encoding: 'utf8', timeout: 20_000 });
    expect(ended.stderr).toContain("ENOENT: no such file or directory, mkdir '/proc/no'");
    expect(ended.status).toBe(1);
  });
});
