import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../src/core/project-root.js';

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'feedbridge-test-'));
  symlinkSync(join(projectRoot(), 'node_modules'), join(project, 'node_modules'));
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  const reporter = join(projectRoot(), 'test/support/skip-reporter.ts');
  writeFileSync(
    join(project, 'vitest.config.ts'),
    `import { SkipReporter } from '${reporter}';
     export default { test: { reporters: [new SkipReporter()] } };`,
  );
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

/** Runs the tests of one file in a project of their own. */
function runTests(text: string, environment: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; out: string }> {
  const names = `import { beforeAll, describe, expect, it } from 'vitest';\n`;
  writeFileSync(join(project, 'one.test.ts'), names + text);
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1', ...environment };
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run'], { cwd: project, env });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out }));
  });
}

const lastLine = (out: string) => out.trimEnd().split('\n').at(-1);

const SHARED = `
  it('passes', () => {});
  describe.skip('Prices (needs FEEDBRIDGE_SHARED)', () => it('are equal', () => {}));`;
const DATABASE = `
  describe.skip('A store on MariaDB', () => it('runs with TEST_MYSQL_URL=mysql://…', () => {}));
  it.skip('is forgotten', () => {});`;

describe('The report of a test run', () => {
  it('names each skipped test with the line that would run it, and succeeds', async () => {
    const { code, out } = await runTests(SHARED + DATABASE);
    expect(code).toBe(0);
    expect(out).toContain('one.test.ts > Prices (needs FEEDBRIDGE_SHARED) > are equal\nTo run: FEEDBRIDGE_SHARED=');
    expect(out).toContain(
      'one.test.ts > A store on MariaDB > runs with TEST_MYSQL_URL=mysql://…\nTo run: TEST_MYSQL_URL=',
    );
    expect(out).toContain('one.test.ts > is forgotten\nTo run: take away its .skip');
    expect(lastLine(out)).toBe('1 passed, 0 failed, 3 skipped');
  });

  it('counts skips as failures when all are required', async () => {
    const { code, out } = await runTests(SHARED + DATABASE, { REQUIRE_ALL: '1' });
    expect(code).toBe(1);
    expect(lastLine(out)).toBe('1 passed, 2 failed, 1 skipped');
  });

  it('excuses tests that need the shared material also then', async () => {
    const { code, out } = await runTests(SHARED, { REQUIRE_ALL: '1' });
    expect(code).toBe(0);
    expect(out).toContain('Prices (needs FEEDBRIDGE_SHARED) > are equal');
    expect(lastLine(out)).toBe('1 passed, 0 failed, 1 skipped');
  });

  it('counts tests behind a failing hook, and a file that does not load, as failed', async () => {
    const hook = await runTests(
      `describe('d', () => { beforeAll(() => { throw new Error('no'); }); it('a', () => {}); });`,
    );
    expect(hook.code).toBe(1);
    expect(lastLine(hook.out)).toBe('0 passed, 1 failed');
    const file = await runTests(`throw new Error('no');`);
    expect(file.code).toBe(1);
    expect(lastLine(file.out)).toBe('0 passed, 1 failed');
  });
});
