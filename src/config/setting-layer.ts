import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ConfigurationFault } from './invalid-configuration.js';
import { readTextFile } from './read-text-file.js';
import { readSettingsFile } from './settings-file.js';

/** The settings of one origin: texts by name, empty ones left out. */
export interface SettingLayer {
  readonly texts: ReadonlyMap<string, string>;
  /** The name, and the file and line it stands in, for messages. */
  where(name: string): string;
}

/** The settings of the process's environment. */
export function environmentLayer(environment: NodeJS.ProcessEnv): SettingLayer {
  const texts = new Map<string, string>();
  for (const [name, text] of Object.entries(environment)) if (text !== undefined && text !== '') texts.set(name, text);
  return { texts, where: (name) => name };
}

/**
 * The settings of the file that FEEDBRIDGE_CONFIG names, or of `.env` in the working folder when there is one.
 *
 * @param named FEEDBRIDGE_CONFIG, empty when it is not set
 * @param faults gets what is wrong with the file
 */
export function fileLayer(named: string, workingFolder: string, faults: ConfigurationFault[]): SettingLayer {
  const file = resolve(workingFolder, named === '' ? '.env' : named);
  const texts = new Map<string, string>();
  const lines = new Map<string, number>();
  const where = (name: string) => `${name} (${file}:${lines.get(name)})`;
  if (named === '' && !existsSync(file)) return { texts, where };
  const content = readTextFile(file, named === '' ? file : 'FEEDBRIDGE_CONFIG', faults);
  const { settings, strayLines } = readSettingsFile(content ?? '');
  for (const { name, value, line } of settings) {
    lines.set(name, line);
    if (value === '') texts.delete(name);
    else texts.set(name, value);
  }
  const message = 'expected NAME=VALUE or # comment, got another text. Correct the line.';
  faults.push(...strayLines.map((line) => ({ where: `${file}:${line}`, message })));
  return { texts, where };
}
