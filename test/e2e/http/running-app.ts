import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { createApp } from '../../../src/compose/assemble-http.js';
import type { DiskSpace } from '../../../src/features/reports/disk-watch.js';
import { type ExportProgram, openExportProgram } from '../../support/export-program.js';
import { Visitor } from './visitor.js';

/** The whole service over HTTP: the demo shop, the simulated Amazon, pages and API on a port of their own. */
export interface RunningApp extends ExportProgram {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** A browser without any cookie. */
  visitor(): Visitor;
  /** A request of its own, without cookies. */
  request(): ReturnType<typeof supertest>;
}

/** Starts it with everything set up and the catalogue swept once, as a first start does. */
export async function openApp(options: { sweep?: boolean; diskSpace?: DiskSpace } = {}): Promise<RunningApp> {
  const folder = await mkdtemp(join(tmpdir(), 'feedbridge-test-'));
  const { diskSpace } = options;
  const opened = await openExportProgram({
    databaseUrl: `sqlite:${join(folder, 'feedbridge.sqlite')}`,
    folder,
    ...(diskSpace ? { diskSpace } : {}),
  });
  const { program } = opened;
  await program.setup.setUp('test');
  if (options.sweep !== false) await program.sweep.sweep();
  const app = createApp(program);
  const server = createServer(app.handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await app.stop();
    await opened.close();
  };
  return {
    ...opened,
    host,
    close,
    request: () => supertest(`http://${host}`),
    visitor: () => new Visitor(supertest.agent(`http://${host}`), host),
  };
}
