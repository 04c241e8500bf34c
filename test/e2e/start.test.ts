import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/core/project-root.js';

const BUILDING = 'Building dist/ from the sources.\n';
let project: string;

/** A small project of its own with the real launch files, so that no test touches the build that others use. */
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'feedbridge-test-'));
  cpSync(join(projectRoot(), 'src', 'launch'), join(project, 'src', 'launch'), { recursive: true });
  const options = {
    target: 'ES2023',
    lib: ['ES2023'],
    skipLibCheck: true,
    module: 'NodeNext',
    outDir: 'dist',
    rootDir: '.',
    types: [],
    incremental: true,
    tsBuildInfoFile: 'dist/.tsbuildinfo',
    noEmitOnError: true,
  };
  write('tsconfig.build.json', JSON.stringify({ compilerOptions: options, include: ['src'] }));
  write('package.json', JSON.stringify({ type: 'module', engines: { node: '>=20.0.0' } }));
  write('src/main.ts', mainThatReturns(0));
  write('src/cli/feedbridge.ts', mainThatReturns(3));
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(join(projectRoot(), 'node_modules', 'typescript'), join(project, 'node_modules', 'typescript'));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const mainThatReturns = (code: number) =>
  `declare const process: { stdout: { write(text: string): void } };
   export function main(args: string[]): number { process.stdout.write(['ran', ...args].join(' ')); return ${code}; }`;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

const leaveOutDevelopmentPackages = () => rmSync(join(project, 'node_modules', 'typescript'));

/** Runs a launch file with nothing but PATH and HOME in the environment. */
function launch(name: string, ...args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' };
  const child = spawn(process.execPath, [join(project, 'src', 'launch', name), ...args], { env, cwd: tmpdir() });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

describe('The start', () => {
  it('builds what is missing, and a second one builds nothing', async () => {
    expect(await launch('start.mjs')).toEqual({ code: 0, out: 'ran', err: BUILDING });
    expect(await launch('start.mjs')).toEqual({ code: 0, out: 'ran', err: '' });
    expect(await launch('feedbridge.mjs', 'queue', 'list')).toEqual({ code: 3, out: 'ran queue list', err: '' });
  });

  it.each([
    ['a source changed', () => write('src/main.ts', mainThatReturns(0).replace('ran', 'run'))],
    ['a source was added', () => write('src/added.ts', 'export const added = 1;')],
    ['a source was removed', () => rmSync(join(project, 'src/removable.ts'))],
    ['the compiler was given other options', () => write('tsconfig.json', '{}')],
    ['the build was damaged', () => rmSync(join(project, 'dist/src/main.js'))],
  ])('builds again when %s', async (_case, change) => {
    write('src/removable.ts', 'export const removable = 1;');
    await launch('build.mjs');
    change();
    expect(await launch('start.mjs')).toEqual({ code: 0, out: expect.stringMatching(/^r[au]n$/), err: BUILDING });
  });

  it('does not keep the build of a source that is gone', async () => {
    write('src/deep/removable.ts', 'export const removable = 1;');
    await launch('build.mjs');
    expect(existsSync(join(project, 'dist/src/deep/removable.js'))).toBe(true);
    rmSync(join(project, 'src/deep'), { recursive: true });
    await launch('build.mjs');
    expect(existsSync(join(project, 'dist/src/deep/removable.js'))).toBe(false);
    expect(existsSync(join(project, 'dist/src/cli/feedbridge.js'))).toBe(true);
  });

  it('of several at once builds once and runs them all', async () => {
    const runs = await Promise.all([launch('start.mjs'), launch('start.mjs'), launch('start.mjs')]);
    expect(runs.map(({ code, out }) => ({ code, out }))).toEqual(Array(3).fill({ code: 0, out: 'ran' }));
    expect(runs.map(({ err }) => err).join('')).toBe(BUILDING);
  });

  it('goes on after a build whose process was killed', async () => {
    const dead = spawn(process.execPath, ['--version']);
    await new Promise((resolve) => dead.on('close', resolve));
    write('dist/.building', String(dead.pid));
    expect(await launch('start.mjs')).toMatchObject({ code: 0, out: 'ran' });
    expect(existsSync(join(project, 'dist/.building'))).toBe(false);
  });

  it('runs a delivered build without development packages, also without its sources', async () => {
    await launch('build.mjs');
    leaveOutDevelopmentPackages();
    expect(await launch('start.mjs')).toEqual({ code: 0, out: 'ran', err: '' });
    rmSync(join(project, 'src/main.ts'));
    expect(await launch('start.mjs')).toEqual({ code: 0, out: 'ran', err: '' });
  });
});

describe('A start that cannot be is one sentence with the fix and exit code 2:', () => {
  it('Node is too old', async () => {
    write('package.json', JSON.stringify({ type: 'module', engines: { node: '>=99.1.0' } }));
    expect(await launch('start.mjs')).toEqual({
      code: 2,
      out: '',
      err: `Feedbridge needs Node 99.1.0 or newer and this is ${process.versions.node}: install it from https://nodejs.org/ and run "npm ci" again.\n`,
    });
  });

  it('nothing is installed', async () => {
    rmSync(join(project, 'node_modules'), { recursive: true });
    const err = 'The packages are not installed: run "npm ci" first.\n';
    expect(await launch('start.mjs')).toEqual({ code: 2, out: '', err });
  });

  it('development packages are left out and there is no build', async () => {
    leaveOutDevelopmentPackages();
    const { code, err } = await launch('start.mjs');
    expect(code).toBe(2);
    expect(err).toBe(
      'There is no dist/ and the development packages that build it are left out: run "npm ci" without --omit=dev, or bring a built dist/.\n',
    );
  });

  it('development packages are left out and the build is of other sources', async () => {
    await launch('build.mjs');
    leaveOutDevelopmentPackages();
    write('src/main.ts', mainThatReturns(1));
    const { code, out, err } = await launch('start.mjs');
    expect({ code, out, lines: err.trimEnd().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
    expect(err).toContain('The sources have changed since dist/ was built');
  });

  it('a package is missing', async () => {
    write('src/main.ts', `import 'not-installed-here'; ${mainThatReturns(0)}`);
    const { code, err } = await launch('start.mjs');
    expect({ code, err }).toEqual({
      code: 2,
      err: `${BUILDING}The package not-installed-here is not installed: run "npm ci".\n`,
    });
  });

  it('the sources do not compile, and the build before is not run in their place', async () => {
    await launch('build.mjs');
    write('src/main.ts', 'export const main: number = "text";');
    for (const _ of ['first', 'second']) {
      const { code, out, err } = await launch('start.mjs');
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('src/main.ts(1,14): error TS2322');
      expect(err).toContain('The sources do not compile: correct what the compiler names above.\n');
    }
  });
});

describe('Preparing after an installation', () => {
  it('builds when the development packages are there', async () => {
    expect(await launch('prepare.mjs')).toEqual({ code: 0, out: '', err: BUILDING });
    expect(readFileSync(join(project, 'dist/src/main.js'), 'utf8')).toContain('ran');
  });

  it('does nothing and succeeds without them', async () => {
    leaveOutDevelopmentPackages();
    expect(await launch('prepare.mjs')).toEqual({ code: 0, out: '', err: '' });
  });
});
