import { defineError } from '../core/errors.js';

/** Where our own tables live. */
export type DatabaseAddress =
  | { readonly kind: 'sqlite'; readonly file: string }
  | {
      readonly kind: 'mysql';
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly password: string;
      readonly database: string;
    };

export const InvalidDatabaseUrl = defineError<{ reason: string }>(
  'INVALID_DATABASE_URL',
  422,
  ({ reason }) => `Expected sqlite:FILE or mysql://USER:PASSWORD@HOST:PORT/DATABASE, but ${reason}.`,
);

/**
 * Reads the address of a database of ours.
 *
 * @param text `sqlite:var/feedbridge.sqlite` or `mysql://user:password@host:3306/database` (parts percent-encoded)
 * @throws InvalidDatabaseUrl naming what is wrong, never the password
 */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  if (text.startsWith('sqlite:')) {
    const file = text.slice('sqlite:'.length);
    if (file === '') throw new InvalidDatabaseUrl({ reason: 'the file is missing after "sqlite:"' });
    return { kind: 'sqlite', file };
  }
  if (!text.startsWith('mysql://'))
    throw new InvalidDatabaseUrl({ reason: 'it starts with neither "sqlite:" nor "mysql://"' });
  return parseMysqlUrl(text);
}

function parseMysqlUrl(text: string): DatabaseAddress {
  if (!URL.canParse(text)) throw new InvalidDatabaseUrl({ reason: 'it is not a URL' });
  const url = new URL(text);
  const database = decode(url.pathname.slice(1), 'the database name');
  if (url.hostname === '') throw new InvalidDatabaseUrl({ reason: 'the host is missing' });
  if (database === '') throw new InvalidDatabaseUrl({ reason: 'the database name is missing after the host' });
  if (url.search !== '') throw new InvalidDatabaseUrl({ reason: 'it has options after "?", of which none is known' });
  return {
    kind: 'mysql',
    // A URL keeps an IPv6 address in brackets, the network does not.
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 3306 : Number(url.port),
    user: decode(url.username, 'the user'),
    password: decode(url.password, 'the password'),
    database,
  };
}

function decode(part: string, what: string): string {
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    throw new InvalidDatabaseUrl({ reason: `${what} is not percent-encoded properly (write % as %25)` }, { cause });
  }
}
