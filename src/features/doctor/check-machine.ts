import { existsSync } from 'node:fs';
import { mkdtemp, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openSealingKeys } from '../../config/sealing-key.js';
import { defineError } from '../../core/errors.js';
import { type Check, check } from './check.js';

const DataFolderMissing = defineError<{ folder: string }>(
  'DATA_FOLDER_MISSING',
  503,
  ({ folder }) => `The data folder ${folder} is not there yet. Run "feedbridge setup", which makes it.`,
);

/** The Node that runs this, beside the one that package.json asks for. */
export function checkNode(wanted: string): Promise<Check> {
  return check('node', '', () => `Node ${process.versions.node}; ${wanted} is asked for.`);
}

/** Whether documents and logs can be written. */
export function checkDataFolder(folder: string): Promise<Check> {
  const fix = 'Give this user the right to write there, or let FEEDBRIDGE_DATA name another folder.';
  return check('data folder', fix, async () => {
    if (!existsSync(folder)) throw new DataFolderMissing({ folder });
    await rmdir(await mkdtemp(join(folder, '.doctor-')));
    return `${folder} can be written.`;
  });
}

/** Whether secrets can be sealed; the key file is made when there is none. */
export function checkSealingKey(configured: readonly Buffer[], environment: NodeJS.ProcessEnv): Promise<Check> {
  return check('sealing key', 'Set FEEDBRIDGE_KEY.', () => {
    const keys = openSealingKeys(configured, environment);
    const older = keys.length > 1 ? ` and ${keys.length - 1} older` : '';
    return `The key${older} of ${configured.length > 0 ? 'FEEDBRIDGE_KEY' : 'the key file'} can be used.`;
  });
}
