import { describe, it } from 'vitest';
import { sharedFolder } from './shared-material.js';

const NEED = '(needs FEEDBRIDGE_SHARED)';

/** Tests that compare with the shared material; where there is none they are skipped by name and `define` is not called. */
export function describeWithShared(title: string, define: () => void): void {
  if (sharedFolder() !== null) describe(title, define);
  else describe.skip(`${title} ${NEED}`, () => it('is compared with the shared material', () => undefined));
}

/** One test that compares with the shared material; where there is none it is skipped by name. */
export function itWithShared(title: string, run: () => void | Promise<void>): void {
  if (sharedFolder() !== null) it(title, run);
  else it.skip(`${title} ${NEED}`, () => undefined);
}
