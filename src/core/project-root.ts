import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of package.json, from the sources as well as from dist/: templates, schemas and browser assets are read from there.
 *
 * @throws Error when no package.json stands above this file, that is when files were copied out of the project
 */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error('Expected package.json above the program, found none. Run it from its own folder.');
    folder = parent;
  }
  return folder;
}
