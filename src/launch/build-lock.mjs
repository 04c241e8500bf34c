import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

const PAUSE_MS = 100;
const LONGEST_BUILD_MS = 5 * 60_000;

/**
 * Runs a build while no other process on this machine builds; waits for one that does. A lock whose process has ended counts
 * as free.
 *
 * @param {string} file the lock, with its owner's process id
 * @param {() => Promise<void>} build
 */
export async function withBuildLock(file, build) {
  while (!take(file)) {
    if (isAbandoned(file)) rmSync(file, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  try {
    await build();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file */
function isAbandoned(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > LONGEST_BUILD_MS) return true;
    const owner = Number(readFileSync(file, 'utf8'));
    // Empty for an instant after it was made: then it is not abandoned.
    return owner > 0 && !isRunning(owner);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return false;
    throw error;
  }
}

/** @param {number} processId */
function isRunning(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
