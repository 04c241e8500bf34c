import { describe, expect, it } from 'vitest';
import { parseDatabaseUrl } from '../../../src/db/database-url.js';

const refusal = (text: string) => {
  try {
    return JSON.stringify(parseDatabaseUrl(text));
  } catch (error) {
    return (error as Error).message;
  }
};

describe('The address of our own database', () => {
  it('names a file, with any characters in its path', () => {
    expect(parseDatabaseUrl('sqlite:var/feedbridge.sqlite')).toEqual({ kind: 'sqlite', file: 'var/feedbridge.sqlite' });
    expect(parseDatabaseUrl('sqlite:/a b/100%/x.db')).toEqual({ kind: 'sqlite', file: '/a b/100%/x.db' });
  });

  it('names a server, with percent-encoded parts', () => {
    expect(parseDatabaseUrl('mysql://feed%40shop:p%2Fss%25@db.example:3307/feed%20bridge')).toEqual({
      kind: 'mysql',
      host: 'db.example',
      port: 3307,
      user: 'feed@shop',
      password: 'p/ss%',
      database: 'feed bridge',
    });
  });

  it('has port 3306 when none is said, and an IPv6 address without brackets', () => {
    expect(parseDatabaseUrl('mysql://root@[::1]/feedbridge')).toMatchObject({ host: '::1', port: 3306, password: '' });
  });

  it.each([
    ['', 'neither "sqlite:" nor "mysql://"'],
    ['postgres://u@h/d', 'neither "sqlite:" nor "mysql://"'],
    ['sqlite:', 'the file is missing'],
    ['mysql://u:p@host:99999/db', 'not a URL'],
    ['mysql:///db', 'the host is missing'],
    ['mysql://u:p@host', 'the database name is missing'],
    ['mysql://u:p@host/db?ssl=true', 'options after "?"'],
    ['mysql://u%zz:p@host/db', 'the user is not percent-encoded'],
    ['mysql://u:p@host/d%', 'the database name is not percent-encoded'],
  ])('%j is refused with the reason', (text, reason) => {
    expect(refusal(text)).toContain(reason);
    expect(refusal(text)).toContain('Expected sqlite:FILE or mysql://');
  });

  it('never shows a password when it is refused', () => {
    for (const text of ['mysql://u:s3cr%et@host/db', 'mysql://u:s3cret@host', 'mysql://u:s3cret@host/db?x=1'])
      expect(refusal(text)).not.toMatch(/s3cr/);
  });
});
