import { defineConfig } from 'vitest/config';
import { SkipReporter } from './test/support/skip-reporter.js';

/** Files that replace a module: in a process of their own, since the others find it loaded already. */
const REPLACING_MODULES = ['test/contract/features/users/logins.test.ts'];

/** Files share their process and with it the modules that are loaded: two thirds of the time of a process for each (2026-11). */
export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: [new SkipReporter()],
    projects: [
      project('shared', { include: ['test/**/*.test.ts'], exclude: REPLACING_MODULES, isolate: false }),
      project('alone', { include: REPLACING_MODULES, isolate: true }),
    ],
  },
});

function project(name: string, own: { include: string[]; exclude?: string[]; isolate: boolean }) {
  return { test: { name, testTimeout: 30_000, hookTimeout: 60_000, pool: 'forks' as const, ...own } };
}
