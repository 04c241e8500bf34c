import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it; one that is there already stays as it is.
 *
 * Node's own `recursive` never returns where the system answers "no such file" although the parent is there, as /proc does.
 * To be removed when mkdirSync('/proc/x', { recursive: true }) throws (Node 20.20 does not).
 *
 * @param mode rights of the folders that are made
 * @throws the system's error for the first folder that cannot be made
 */
export function makeFolder(folder: string, mode?: number): void {
  const parent = dirname(folder);
  try {
    mkdirSync(folder, { mode });
    return;
  } catch (error) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder || existsSync(parent)) throw error;
  }
  makeFolder(parent, mode);
  makeFolder(folder, mode);
}
