import { expect, it } from 'vitest';
import { readSettingsFile } from '../../../src/config/settings-file.js';

it('A settings file gives names, values and lines, and the lines it cannot read', () => {
  const text = [
    '\uFEFF# the port',
    'PORT=3000',
    '',
    '  export LOG_LEVEL = warn   # quiet',
    'A="with # and  spaces "  # comment',
    "B='single'",
    'C=pass#word',
    'D=',
    'E="half',
    'no setting',
    '1F=x',
  ].join('\r\n');
  expect(readSettingsFile(text)).toEqual({
    settings: [
      { name: 'PORT', value: '3000', line: 2 },
      { name: 'LOG_LEVEL', value: 'warn', line: 4 },
      { name: 'A', value: 'with # and  spaces ', line: 5 },
      { name: 'B', value: 'single', line: 6 },
      { name: 'C', value: 'pass#word', line: 7 },
      { name: 'D', value: '', line: 8 },
      { name: 'E', value: '"half', line: 9 },
    ],
    strayLines: [10, 11],
  });
});
