import type { Reading } from './reading.js';

const EXPECTED = 'mysql://USER:PASSWORD@HOST:PORT/DATABASE';

/**
 * Looks whether a text is the URL of a database on a MySQL or MariaDB server, so that a mistake in it is listed with all others
 * at the start. What opens the database reads the parts.
 *
 * @param text parts percent-encoded; a query after it is left to the caller
 * @returns the URL, or what is wrong in words that hold no part of user or password
 */
export function readMysqlUrl(text: string): Reading<URL> {
  if (!text.startsWith('mysql://')) return { expected: EXPECTED, received: 'a text that does not begin with mysql://' };
  if (!URL.canParse(text))
    return { expected: `${EXPECTED} with special characters percent-encoded`, received: 'no valid URL' };
  const url = new URL(text);
  const database = decode(url.pathname.slice(1));
  if (database === null || decode(url.username) === null || decode(url.password) === null)
    return { expected: `${EXPECTED} with % written as %25`, received: 'a broken percent-encoding' };
  if (url.hostname === '') return { expected: EXPECTED, received: 'no host' };
  if (database === '') return { expected: EXPECTED, received: 'no database name after the host' };
  if (database.includes('/')) return { expected: EXPECTED, received: 'a slash in the database name' };
  return { value: url };
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
