import { expect, it } from 'vitest';
import { parseExportOptions } from '../../../../../src/features/export/export-options.js';
import { takesOff } from '../../../../../src/features/export/pages/hold-cards.js';

it('What takes listings off Amazon is known by what is held too: a run may erase what an earlier one was asked for', () => {
  const [plain, erasing] = [{}, { erase: true }].map((given) => ({ options: parseExportOptions(given) }));
  if (!plain || !erasing) throw new Error('Expected two runs.');
  expect(takesOff(plain, [{ kind: 'zeroed' }])).toBe(false);
  expect(takesOff(plain, [{ kind: 'zeroed' }, { kind: 'erased' }])).toBe(true);
  expect(takesOff(erasing, [{ kind: 'first-send' }])).toBe(true);
});
