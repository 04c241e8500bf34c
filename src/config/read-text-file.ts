import { readFileSync } from 'node:fs';
import { messageOf } from '../core/errors.js';
import type { ConfigurationFault } from './invalid-configuration.js';

/**
 * Reads a file that a setting names.
 *
 * @param where the setting, for the fault
 * @returns the text; undefined when it cannot be read, and then a fault has been added
 */
export function readTextFile(file: string, where: string, faults: ConfigurationFault[]): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const message = `expected a readable file, got: ${messageOf(error)}. Correct the path or its rights.`;
    faults.push({ where, message });
    return undefined;
  }
}
