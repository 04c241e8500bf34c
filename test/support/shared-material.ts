import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The folder of shared material (facts, samples, shop databases) that some tests compare with.
 *
 * @returns its absolute path, or null where this clone has none; such tests are skipped by name
 */
export function sharedFolder(): string | null {
  const folder = resolve(process.env.FEEDBRIDGE_SHARED ?? '../shared');
  return existsSync(join(folder, 'README.md')) ? folder : null;
}

/** A file of the shared material. Call it only inside a test that `sharedFolder()` has not skipped. */
export function sharedFile(...path: readonly string[]): string {
  return join(sharedFolder() ?? '', ...path);
}
