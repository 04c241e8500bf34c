import { defineError } from '../../core/errors.js';

/** What a secrets file holds. */
export interface AccountSecrets {
  readonly clientSecret: string;
  readonly refreshToken: string;
}

const InvalidSecretsFile = defineError<{ reason: string }>(
  'INVALID_SECRETS_FILE',
  422,
  ({ reason }) =>
    `Expected a secrets file of the lines CLIENT_SECRET=… and REFRESH_TOKEN=…, but ${reason}. Correct the file; secrets are never given as arguments.`,
);

const KEYS = ['CLIENT_SECRET', 'REFRESH_TOKEN'] as const;
type SecretKey = (typeof KEYS)[number];

/**
 * Reads the two secrets of an account from a file's text.
 *
 * @param text lines `KEY=value`, the value in quotes or not; blank lines and lines that start with # are skipped
 * @throws InvalidSecretsFile naming the line by its number, never by its content
 */
export function parseSecretsFile(text: string): AccountSecrets {
  const found = new Map<SecretKey, string>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const [key, value] = readLine(line, index + 1);
    if (found.has(key)) throw new InvalidSecretsFile({ reason: `${key} is there twice` });
    found.set(key, value);
  }
  return { clientSecret: required(found, 'CLIENT_SECRET'), refreshToken: required(found, 'REFRESH_TOKEN') };
}

function readLine(line: string, number: number): readonly [SecretKey, string] {
  const equals = line.indexOf('=');
  const key = KEYS.find((one) => one === line.slice(0, Math.max(equals, 0)).trim());
  if (key === undefined) throw new InvalidSecretsFile({ reason: `line ${number} is neither of them` });
  const value = line.slice(equals + 1).trim();
  const quoted = /^(["'])(.*)\1$/.exec(value);
  return [key, quoted?.[2] ?? value];
}

function required(found: ReadonlyMap<SecretKey, string>, key: SecretKey): string {
  const value = found.get(key);
  if (value === undefined) throw new InvalidSecretsFile({ reason: `${key} is missing` });
  if (value === '') throw new InvalidSecretsFile({ reason: `${key} is empty` });
  return value;
}
