import { defineError } from '../../core/errors.js';

const InvalidUserName = defineError<{ name: string; reason: string }>(
  'INVALID_USER_NAME',
  422,
  ({ name, reason }) =>
    `Expected a user name of 2 to 60 letters, digits, dots, hyphens, underscores or @, got ${JSON.stringify(name)}: ${reason}. Choose another name.`,
);

const InvalidPassword = defineError<{ reason: string }>(
  'INVALID_PASSWORD',
  422,
  ({ reason }) => `Expected a password of at least ${PASSWORD_CHARACTERS} characters: ${reason}. Choose another one.`,
);

const PASSWORD_CHARACTERS = 12;

/** Long enough for any sentence; an end keeps anyone from making the server hash megabytes. */
const PASSWORD_MOST_CHARACTERS = 256;

const NAME = /^[a-z0-9][a-z0-9._@-]{1,59}$/;

/** Names under which the program itself acts in the audit. */
const RESERVED = new Set(['local', 'system', 'cli', 'setup', 'api', 'sweep', 'scheduler']);

/** The form in which names are stored and looked up: letter case and outer spaces do not count. */
export function canonicalUserName(name: string): string {
  return name.trim().toLowerCase();
}

/**
 * Checks a canonical user name.
 *
 * @throws InvalidUserName
 */
export function checkUserName(name: string): void {
  if (!NAME.test(name)) throw new InvalidUserName({ name, reason: 'it has another form' });
  if (RESERVED.has(name)) throw new InvalidUserName({ name, reason: 'the program itself acts under that name' });
}

/**
 * The form in which passwords are hashed: one keyboard composes é differently from another.
 *
 * @source NIST SP 800-63B section 5.1.1.2 (checked 2026-11): normalize with NFKC before hashing
 */
export function canonicalPassword(password: string): string {
  return password.normalize('NFKC');
}

/**
 * Checks a new password. Length counts and nothing has to be mixed in, only what everyone would guess first is refused.
 *
 * @param name the canonical user name
 * @throws InvalidPassword, never with the password in it
 * @source NIST SP 800-63B section 5.1.1.2 (checked 2026-11)
 */
export function checkPassword(password: string, name: string): void {
  const length = [...password].length;
  if (length < PASSWORD_CHARACTERS) throw new InvalidPassword({ reason: `this one has ${length}` });
  if (length > PASSWORD_MOST_CHARACTERS)
    throw new InvalidPassword({ reason: `this one has ${length}, the most are ${PASSWORD_MOST_CHARACTERS}` });
  if (new Set(password).size < 4) throw new InvalidPassword({ reason: 'this one repeats very few characters' });
  if (password.toLowerCase().includes(name)) throw new InvalidPassword({ reason: 'this one contains the user name' });
}
