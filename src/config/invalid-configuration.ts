import { defineError } from '../core/errors.js';

/** One thing that is wrong with a setting; the text holds no secret. */
export interface ConfigurationFault {
  /** The setting, and the file and line it came from. */
  readonly where: string;
  /** Expected, received, what to do. */
  readonly message: string;
}

/** The process was started with wrong settings: all of them at once. At the edges it ends the process with exit code 2. */
export const InvalidConfiguration = defineError<{ faults: readonly ConfigurationFault[] }>(
  'INVALID_CONFIGURATION',
  422,
  ({ faults }) =>
    [
      `${faults.length === 1 ? 'One setting is' : `${faults.length} settings are`} wrong:`,
      ...faults.map((fault) => `- ${fault.where}: ${fault.message}`),
    ].join('\n'),
);
