import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LaunchFault } from './launch-fault.mjs';
import { projectFolder } from './project-folder.mjs';

/** @returns {string | null} the compiler's program file; null where the development packages are left out */
export function findCompiler() {
  try {
    const found = createRequire(join(projectFolder, 'package.json')).resolve('typescript/package.json');
    return join(dirname(found), 'bin', 'tsc');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/**
 * Compiles the sources into dist/, only what has changed; with a fault in them nothing is written.
 *
 * @throws LaunchFault after the compiler's own words when the sources do not compile
 */
export function compile() {
  const args = [findCompiler() ?? '', '-p', 'tsconfig.build.json'];
  const { status, error } = spawnSync(process.execPath, args, { cwd: projectFolder, stdio: ['ignore', 2, 2] });
  if (error) throw error;
  if (status !== 0) throw new LaunchFault('The sources do not compile: correct what the compiler names above.');
}
