import { describe, expect, it } from 'vitest';
import {
  canonicalPassword,
  canonicalUserName,
  checkPassword,
  checkUserName,
} from '../../../../src/features/users/credential-rules.js';

describe('The rules for logins', () => {
  it('take names without regard to letter case and outer spaces', () => {
    expect(canonicalUserName(' Anna.Miller ')).toBe('anna.miller');
    expect(() => checkUserName('anna@shop.example')).not.toThrow();
  });

  it.each(['a', '-anna', 'anna miller', 'änna', 'a'.repeat(61), ''])('refuse the name %j', (name) => {
    expect(() => checkUserName(name)).toThrow('it has another form');
  });

  it('refuse the names under which the program acts', () => {
    expect(() => checkUserName('local')).toThrow('the program itself acts under that name');
  });

  it('ask for length, not for a mixture', () => {
    expect(() => checkPassword('correct horse battery staple', 'anna')).not.toThrow();
    expect(() => checkPassword('gdeijxkwsab', 'anna')).toThrow('at least 12 characters: this one has 11');
    expect(() => checkPassword('abcd'.repeat(65), 'anna')).toThrow('the most are 256');
  });

  it('refuse what everyone guesses first', () => {
    expect(() => checkPassword('abababababab', 'anna')).toThrow('repeats very few characters');
    expect(() => checkPassword('i-am-Anna-really', 'anna')).toThrow('contains the user name');
  });

  it('count a letter once, however it is composed', () => {
    expect(canonicalPassword('cafe\u0301')).toBe(canonicalPassword('caf\u00e9'));
  });

  it('never repeat a password', () => {
    try {
      checkPassword('anna-2026-pw', 'anna');
      expect.unreachable();
    } catch (error) {
      expect((error as Error).message).not.toContain('2026');
    }
  });
});
