import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withBuildLock } from './build-lock.mjs';
import { compile, findCompiler } from './compile.mjs';
import { LaunchFault } from './launch-fault.mjs';
import { projectFolder } from './project-folder.mjs';
import { pruneBuild } from './prune-build.mjs';
import { sourceFingerprint } from './source-fingerprint.mjs';

const dist = join(projectFolder, 'dist');
const stamp = join(dist, '.sources');

/**
 * Makes sure that dist/ is the build of the sources as they are now, and builds it when it is not.
 *
 * @throws LaunchFault when it is not and cannot be built
 */
export async function ensureBuild() {
  if (isCurrent()) return;
  if (findCompiler() === null) throw new LaunchFault(withoutCompiler());
  try {
    mkdirSync(dist, { recursive: true });
    await withBuildLock(join(dist, '.building'), async () => {
      // Another process may have built it while this one waited.
      if (!isCurrent()) build();
    });
  } catch (error) {
    throw translateWriteError(error);
  }
}

function isCurrent() {
  if (!existsSync(join(dist, 'src', 'main.js'))) return false;
  const fingerprint = sourceFingerprint();
  return fingerprint === null || (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint);
}

function build() {
  // Taken before compiling: a source that changes meanwhile makes the next start build again.
  const fingerprint = sourceFingerprint() ?? '';
  // Without the output, the compiler's memory of what it has written is wrong.
  if (!existsSync(join(dist, 'src', 'main.js'))) rmSync(join(dist, '.tsbuildinfo'), { force: true });
  rmSync(stamp, { force: true });
  process.stderr.write('Building dist/ from the sources.\n');
  compile();
  pruneBuild();
  writeFileSync(stamp, fingerprint);
}

function withoutCompiler() {
  if (!existsSync(join(projectFolder, 'node_modules'))) return 'The packages are not installed: run "npm ci" first.';
  return existsSync(join(dist, 'src', 'main.js'))
    ? 'The sources have changed since dist/ was built and the development packages that build it are left out: run "npm ci", or bring a dist/ of these sources.'
    : 'There is no dist/ and the development packages that build it are left out: run "npm ci" without --omit=dev, or bring a built dist/.';
}

/** @param {unknown} error */
function translateWriteError(error) {
  const { code } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === 'ENOSPC') return new LaunchFault(`No space is left to build ${dist}: free some and start again.`);
  if (code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM') return error;
  return new LaunchFault(
    `dist/ has to be built and ${dist} cannot be written (${code}): run "npm run build" as a user who may.`,
  );
}
