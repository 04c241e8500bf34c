import { defineError } from '../core/errors.js';

/** The service cannot listen where the settings say; at the edge it ends the process with exit code 2. */
export const CannotListen = defineError<{ host: string; port: number; received: string; fix: string }>(
  'CANNOT_LISTEN',
  503,
  ({ host, port, received, fix }) => `Expected to listen on ${host}:${port}, got: ${received}. ${fix}`,
);

/**
 * Translates the errors of `server.listen` that a setting can cure; another error comes back as it was.
 *
 * @param address what was asked for
 */
export function translateListenError(error: unknown, address: { host: string; port: number }): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const cannot = (received: string, fix: string) => new CannotListen({ ...address, received, fix }, { cause: error });
  if (code === 'EADDRINUSE')
    return cannot('the port is taken', 'Stop the other program, or set PORT to another number (0 = any free port).');
  if (code === 'EACCES')
    return cannot('no right to use this port', 'Set PORT to a number from 1024 on (0 = any free port).');
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return cannot('this machine has no such address', 'Set HOST to 127.0.0.1, or to 0.0.0.0 for all addresses.');
  return error;
}
