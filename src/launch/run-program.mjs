import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuild } from './ensure-build.mjs';
import { LaunchFault, launching } from './launch-fault.mjs';
import { projectFolder } from './project-folder.mjs';
import { requireNode } from './require-node.mjs';

/**
 * Builds what is missing and runs the `main` of a program in dist/; the number it returns becomes the exit code.
 *
 * @param {string} path for example `src/main.js`
 */
export function runProgram(path) {
  return launching(async () => {
    requireNode();
    await ensureBuild();
    const { main } = await load(join(projectFolder, 'dist', path));
    const code = await main(process.argv.slice(2));
    if (typeof code === 'number') process.exitCode = code;
  });
}

/** @param {string} file */
async function load(file) {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    const missing = /Cannot find package '([^']+)'/.exec(message);
    if (code !== 'ERR_MODULE_NOT_FOUND' || missing === null) throw error;
    throw new LaunchFault(`The package ${missing[1]} is not installed: run "npm ci".`);
  }
}
