import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './project-folder.mjs';

const OUTPUT = /\.js(\.map)?$/;

/** Removes what was built from sources that are gone: the compiler leaves it, and it could still be loaded or run. */
export function pruneBuild() {
  for (const folder of ['src', 'feeds', 'scheduled']) prune(folder);
}

/** @param {string} folder relative to the project, and to dist/ */
function prune(folder) {
  const built = join(projectFolder, 'dist', folder);
  if (!existsSync(built)) return;
  for (const entry of readdirSync(built, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) prune(path);
    else if (OUTPUT.test(path) && !existsSync(join(projectFolder, path.replace(OUTPUT, '.ts'))))
      rmSync(join(built, entry.name));
  }
}
