import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../../src/cli/failure.js';
import { Interrupted } from '../../../src/cli/wrong-use.js';
import { defineError } from '../../../src/core/errors.js';

const signal = new AbortController().signal;
const systemError = (code: string, fields: object) =>
  Object.assign(new Error(`${code}: words of the system`), { code, ...fields });

describe('What ends a command', () => {
  it.each([
    [400, 2],
    [422, 2],
    [404, 1],
    [409, 1],
    [500, 1],
    [503, 1],
  ])('of ours with status %i becomes its own sentence and exit code %i', (status, exitCode) => {
    const Refused = defineError('REFUSED', status, 'Expected one thing, got another.');
    const said = { code: 'REFUSED', message: 'Expected one thing, got another.' };
    expect(describeFailure(new Refused({}), signal)).toMatchObject({ exitCode, said });
  });

  it.each([
    ['EACCES', { path: '/data/logs', syscall: 'mkdir' }, /^Expected to make the folder \/data\/logs, got: no right/],
    ['EROFS', { path: '/data/x', syscall: 'open' }, /^Expected to open \/data\/x, got: the file system is read-only/],
    ['ENOSPC', { path: '/data/x', syscall: 'open' }, /Free some disk space/],
    ['ENOENT', { path: 'a.xml', syscall: 'open' }, /a\.xml, got: there is no such file/],
    ['EISDIR', { syscall: 'read' }, /Name a file\.$/],
  ])('of the system (%s) names the file and the cure', (code, fields, message) => {
    const failure = describeFailure(systemError(code, fields), signal);
    expect(failure).toMatchObject({
      exitCode: 1,
      said: { code: 'FILE_REFUSED', message: expect.stringMatching(message) },
    });
  });

  it('that nobody foresaw says how to get details, and keeps its causes for them', () => {
    const failure = describeFailure(new Error('odd', { cause: new Error('odder') }), signal);
    expect(failure.said?.message).toBe('Unexpected: odd. For details repeat it with LOG_LEVEL=debug.');
    expect(failure.stack).toContain('because of Error: odder');
  });

  it('was the person who pressed Ctrl-C, whatever was thrown on the way out', () => {
    const pressed = new AbortController();
    pressed.abort(new Interrupted({}));
    const failure = describeFailure(systemError('ECONNRESET', {}), pressed.signal);
    expect(failure).toMatchObject({ exitCode: 1, said: { code: 'INTERRUPTED' } });
  });
});
