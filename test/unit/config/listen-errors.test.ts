import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { translateListenError } from '../../../src/config/listen-errors.js';

const host = '127.0.0.1';

it('A taken port is one sentence with the fix', async () => {
  const first = createServer().listen(0, host);
  await once(first, 'listening');
  const { port } = first.address() as AddressInfo;
  const second = createServer().listen(port, host);
  const [error] = await once(second, 'error');
  expect(translateListenError(error, { host, port })).toMatchObject({
    code: 'CANNOT_LISTEN',
    message: `Expected to listen on 127.0.0.1:${port}, got: the port is taken. Stop the other program, or set PORT to another number (0 = any free port).`,
  });
  first.close();
});

it('An address of another machine is one sentence with the fix', async () => {
  const server = createServer().listen(0, '192.0.2.1');
  const [error] = await once(server, 'error');
  expect(translateListenError(error, { host: '192.0.2.1', port: 0 })).toMatchObject({
    message: expect.stringContaining('this machine has no such address. Set HOST to 127.0.0.1'),
  });
});

it('Another error stays as it was', () => {
  const error = new Error('something else');
  expect(translateListenError(error, { host, port: 1 })).toBe(error);
});
