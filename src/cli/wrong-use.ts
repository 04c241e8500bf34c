import { defineError } from '../core/errors.js';

/** The command was called with arguments that cannot be meant: exit code 2. */
export const WrongUse = defineError<{ reason: string }>('WRONG_USE', 400, ({ reason }) => reason);

/** A person pressed Ctrl-C, or the system told the command to end. */
export const Interrupted = defineError(
  'INTERRUPTED',
  503,
  'Interrupted. What Amazon has already is settled by its reports, everything else still waits in the queue.',
);
