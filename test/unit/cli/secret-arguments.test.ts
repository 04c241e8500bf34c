import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refuseSecretArguments } from '../../../src/cli/secret-arguments.js';

describe('Secrets among the arguments', () => {
  it('are refused under every name of theirs, and no message ever repeats one', () => {
    const name = fc.constantFrom(
      'client-secret',
      'refresh-token',
      'password',
      'CLIENT_SECRET',
      'amazon-access-token',
      'secret',
    );
    // Long enough that it is not by chance a part of the message's own words.
    const secret = fc.string({ minLength: 12 }).filter((text) => text.trim().length >= 12);
    fc.assert(
      fc.property(name, secret, fc.boolean(), (option, value, joined) => {
        const argv = joined ? [`--${option}=${value}`] : [`--${option}`, value];
        try {
          refuseSecretArguments(['account', 'add', ...argv]);
        } catch (error) {
          expect(error).toMatchObject({ code: 'SECRET_ARGUMENT', status: 400 });
          expect((error as Error).message).not.toContain(value);
          return;
        }
        throw new Error('Expected the argument to be refused, it was not.');
      }),
    );
  });

  it.each([
    [['account', 'add', '--secrets-file', 'a.secrets']],
    [['user', 'add', 'anna', '--password-file=-']],
    [['account', 'add', '--token-url', 'https://x.invalid']],
    [['token', 'add', 'password']],
    [['queue', 'mark', '--skus', 'SECRET-1']],
    [['option', 'set', '1', 'title', '--', '--password']],
  ])('are not seen where there are none: %s', (argv) => {
    expect(() => refuseSecretArguments(argv)).not.toThrow();
  });
});
