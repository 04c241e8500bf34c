import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { defineError, messageOf } from '../core/errors.js';
import { randomId } from '../core/ids.js';
import { makeFolder } from '../core/make-folder.js';
import { SEALING_KEY_BYTES } from '../core/sealed-text.js';
import { readSealingKeys, SEALING_KEY_FORM } from './sealing-keys-text.js';

export const SealingKeyUnusable = defineError<{ file: string; expected: string; received: string; fix: string }>(
  'SEALING_KEY_UNUSABLE',
  422,
  ({ file, expected, received, fix }) => `Expected ${expected} in ${file}, got: ${received}. ${fix}`,
);

/**
 * Gives the keys that seal secrets: those of FEEDBRIDGE_KEY, else those of a file that is made once, readable by this
 * user only, under `${XDG_CONFIG_HOME:-$HOME/.config}/feedbridge/`.
 *
 * @param configured the keys of the settings, newest first; empty = use the file
 * @returns one key or more, 32 bytes each; the first one seals
 * @throws SealingKeyUnusable when the file cannot be made or read, is open to other users, or holds no key
 */
export function openSealingKeys(
  configured: readonly Buffer[],
  environment: NodeJS.ProcessEnv = process.env,
): readonly [Buffer, ...Buffer[]] {
  const [first, ...rest] = configured;
  if (first !== undefined) return [first, ...rest];
  const folder = join(environment.XDG_CONFIG_HOME || join(environment.HOME || homedir(), '.config'), 'feedbridge');
  const file = join(folder, 'sealing.key');
  try {
    makeOnce(folder, file);
    return readKeyFile(file);
  } catch (error) {
    if (error instanceof SealingKeyUnusable) throw error;
    const fix = 'Make that folder writable for this user, or set FEEDBRIDGE_KEY.';
    throw new SealingKeyUnusable({ file, expected: 'a key file', received: messageOf(error), fix }, { cause: error });
  }
}

/** Two processes may come here at once: each writes a file of its own, and a hard link lets exactly one of them win, whole. */
function makeOnce(folder: string, file: string): void {
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) return;
  makeFolder(folder, 0o700);
  const draft = `${file}.${randomId()}`;
  try {
    writeDurably(draft, `${randomBytes(SEALING_KEY_BYTES).toString('base64')}\n`);
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeDurably(file: string, text: string): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, text);
    // Secrets are sealed with it at once: losing it in a power cut would lose them too.
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function readKeyFile(file: string): readonly [Buffer, ...Buffer[]] {
  const mode = statSync(file).mode & 0o777;
  if ((mode & 0o077) !== 0)
    throw new SealingKeyUnusable({
      file,
      expected: 'rights for this user only',
      received: `mode ${mode.toString(8)}`,
      fix: `Run "chmod 600 ${file}".`,
    });
  const [first, ...rest] = readSealingKeys(readFileSync(file, 'utf8')) ?? [];
  if (first !== undefined) return [first, ...rest];
  const fix = 'Put the right file back, or remove it and store all secrets again.';
  throw new SealingKeyUnusable({ file, expected: SEALING_KEY_FORM, received: 'something else', fix });
}
