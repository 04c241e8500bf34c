import { describe, expect, it } from 'vitest';
import { parseSecretsFile } from '../../../../src/features/accounts/secrets-file.js';

const fault = (text: string): string => {
  try {
    parseSecretsFile(text);
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('A secrets file', () => {
  it('holds the two secrets in any order, with comments and blank lines', () => {
    const text =
      '\uFEFF# of the private app\r\nREFRESH_TOKEN=Atzr|abc=d#e\r\n\r\n  CLIENT_SECRET = "s e c r e t"  \r\n';
    expect(parseSecretsFile(text)).toEqual({ clientSecret: 's e c r e t', refreshToken: 'Atzr|abc=d#e' });
  });

  it.each([
    ['CLIENT_SECRET=a\n', 'REFRESH_TOKEN is missing'],
    ['CLIENT_SECRET=\nREFRESH_TOKEN=b', 'CLIENT_SECRET is empty'],
    ["CLIENT_SECRET=''\nREFRESH_TOKEN=b", 'CLIENT_SECRET is empty'],
    ['CLIENT_SECRET=a\nCLIENT_SECRET=c\nREFRESH_TOKEN=b', 'CLIENT_SECRET is there twice'],
    ['CLIENT_SECRET=a\nPASSWORD=hidden-value', 'line 2 is neither of them'],
    ['', 'CLIENT_SECRET is missing'],
    ['<html>', 'line 1 is neither of them'],
  ])('that reads %j is refused', (text, reason) => {
    expect(fault(text)).toContain(reason);
  });

  it('is never repeated in what is said about it', () => {
    expect(fault('CLIENT_SECRET=a\nPASSWORD=hidden-value')).not.toContain('hidden-value');
    expect(fault('hidden-value')).not.toContain('hidden-value');
  });
});
