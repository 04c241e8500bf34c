import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './project-folder.mjs';

const FOLDERS = ['src', 'feeds', 'scheduled'];
const FILES = ['tsconfig.json', 'tsconfig.build.json'];

/**
 * A hash of everything that the build reads. Contents instead of times: a checkout, a copy and an archive all change the times.
 *
 * @returns {string | null} null where the sources are not present, that is where only a build was delivered
 */
export function sourceFingerprint() {
  if (!existsSync(join(projectFolder, 'src', 'main.ts'))) return null;
  const hash = createHash('sha256');
  for (const path of [...FILES, ...FOLDERS.flatMap(sourcesUnder)]) {
    const file = join(projectFolder, path);
    if (existsSync(file)) hash.update(`${path}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder relative to the project
 * @returns {string[]} relative paths of the TypeScript files in it, sorted
 */
function sourcesUnder(folder) {
  if (!existsSync(join(projectFolder, folder))) return [];
  const entries = readdirSync(join(projectFolder, folder), { withFileTypes: true });
  return entries
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return sourcesUnder(path);
      return entry.name.endsWith('.ts') ? [path] : [];
    })
    .sort();
}
