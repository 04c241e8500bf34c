import { defineError } from '../core/errors.js';

const SecretArgument = defineError<{ option: string }>(
  'SECRET_ARGUMENT',
  400,
  ({ option }) =>
    `${option} is refused: arguments are seen by every user of this machine (ps) and kept in the shell's history. Write the secret into a file and name that file, or let the command ask for it. Take the one just typed as known to others.`,
);

/** Options that name a file are fine: they hold no secret themselves. */
const SECRET_OPTION = /^--[a-z_-]*(secret|password|passphrase|refresh[-_]?token|access[-_]?token)[a-z_-]*$/i;

/**
 * Refuses secrets among the arguments before anything else looks at them, so that no message can repeat one.
 *
 * @throws SecretArgument naming the option, never its value
 */
export function refuseSecretArguments(argv: readonly string[]): void {
  for (const argument of argv) {
    if (argument === '--') return;
    const option = argument.split('=', 1)[0] ?? '';
    if (SECRET_OPTION.test(option) && !/[-_]file$/i.test(option))
      throw new SecretArgument({ option: option.toLowerCase() });
  }
}
