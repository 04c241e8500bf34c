import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { environmentSchema } from '../../../src/config/environment.js';
import { readSettingsFile } from '../../../src/config/settings-file.js';
import { projectRoot } from '../../../src/core/project-root.js';

it('.env.example shows every setting, commented out, with its default', () => {
  const example = readFileSync(join(projectRoot(), '.env.example'), 'utf8');
  expect(readSettingsFile(example)).toEqual({ settings: [], strayLines: [] });
  const { settings } = readSettingsFile(example.replace(/^#(?=[A-Z_]+=)/gm, ''));
  const shown = new Map(settings.map(({ name, value }) => [name, value]));
  const schema = environmentSchema('/');
  expect([...shown.keys()].sort()).toEqual(['FEEDBRIDGE_CONFIG', ...Object.keys(schema.shape)].sort());
  for (const [name, one] of Object.entries(schema.shape))
    expect(one.parse(shown.get(name)), `the default of ${name}`).toEqual(one.parse(undefined));
});
