import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSealingKeys } from '../../../src/config/sealing-key.js';

let home: string;
let file: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'feedbridge-test-'));
  file = join(home, '.config', 'feedbridge', 'sealing.key');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const open = () => openSealingKeys([], { HOME: home });

describe('The sealing key', () => {
  it('of the settings comes before any file', () => {
    const keys = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    expect(openSealingKeys(keys, { HOME: home })).toEqual(keys);
    expect(readdirSync(home)).toEqual([]);
  });

  it('is otherwise made once, for this user only', () => {
    const [key] = open();
    expect(key).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, '.config', 'feedbridge')).mode & 0o777).toBe(0o700);
    expect(open()).toEqual([key]);
    expect(readdirSync(join(home, '.config', 'feedbridge'))).toEqual(['sealing.key']);
  });

  it('stands under XDG_CONFIG_HOME when that is set', () => {
    const [key] = openSealingKeys([], { HOME: home, XDG_CONFIG_HOME: join(home, 'xdg') });
    expect(readFileSync(join(home, 'xdg', 'feedbridge', 'sealing.key'), 'utf8').trim()).toBe(key.toString('base64'));
  });

  it('file may hold an older key on a further line', () => {
    open();
    const keys = [Buffer.alloc(32, 3), Buffer.alloc(32, 4)];
    writeFileSync(file, keys.map((key) => `${key.toString('base64')}\n`).join(''));
    expect(open()).toEqual(keys);
  });

  it('file that other users can read is refused', () => {
    open();
    chmodSync(file, 0o640);
    expect(open).toThrow(`got: mode 640. Run "chmod 600 ${file}".`);
  });

  it('file without a key is refused and left as it is', () => {
    open();
    writeFileSync(file, 'damaged');
    expect(open).toThrow('Expected 32 random bytes in base64 or 64 hexadecimal digits');
    expect(readFileSync(file, 'utf8')).toBe('damaged');
  });

  it('that cannot be made says where and what to do', () => {
    mkdirSync(join(home, '.config'));
    writeFileSync(join(home, '.config', 'feedbridge'), 'a file where the folder belongs');
    expect(open).toThrow(/Expected a key file in .*sealing\.key, got: .* or set FEEDBRIDGE_KEY\./);
  });
});
