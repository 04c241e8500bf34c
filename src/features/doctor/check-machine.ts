import { existsSync } from 'node:fs';
import { mkdtemp, rmdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { openSealingKeys } from '../../config/sealing-key.js';
import { defineError } from '../../core/errors.js';
import { type Check, check } from './check.js';

const DataFolderMissing = defineError<{ folder: string }>(
  'DATA_FOLDER_MISSING',
  503,
  ({ folder }) => `The data folder ${folder} is not there yet. Run "feedbridge setup", which makes it.`,
);

const DiskNearlyFull = defineError<{ folder: string; freeBytes: number }>(
  'DISK_NEARLY_FULL',
  507,
  ({ folder, freeBytes }) =>
    `Expected 1 GiB of free space for ${folder}, got ${Math.floor(freeBytes / 1_048_576)} MiB. Free some, or let FEEDBRIDGE_DATA name another place.`,
);

/** @source design: below this the service archives less */
const FREE_BYTES = 1_073_741_824;

/** The Node that runs this, beside the one that package.json asks for. */
export function checkNode(wanted: string): Promise<Check> {
  return check('node', '', () => `Node ${process.versions.node}; ${wanted} is asked for.`);
}

/** Whether documents and logs can be written, and whether there is room for them. */
export function checkDataFolder(folder: string): Promise<Check> {
  const fix = 'Give this user the right to write there, or let FEEDBRIDGE_DATA name another folder.';
  return check('data folder', fix, async () => {
    if (!existsSync(folder)) throw new DataFolderMissing({ folder });
    await rmdir(await mkdtemp(join(folder, '.doctor-')));
    const { bavail, bsize } = await statfs(folder);
    const freeBytes = bavail * bsize;
    if (freeBytes < FREE_BYTES) throw new DiskNearlyFull({ folder, freeBytes });
    return `${folder} can be written, ${Math.floor(freeBytes / FREE_BYTES).toLocaleString('en')} GiB are free.`;
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
