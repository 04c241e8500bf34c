import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assertMayListen, createApp } from './compose/assemble-http.js';
import { WorkerProcess } from './compose/worker/worker-process.js';
import { compose, type Feedbridge } from './compose.js';
import type { Configuration } from './config/configuration.js';
import { translateListenError } from './config/listen-errors.js';
import { loadConfiguration } from './config/load-configuration.js';
import { FeedbridgeError } from './core/errors.js';

/** A running service. */
export interface Service {
  /** Where people look, without a slash at the end. */
  readonly url: string;
  readonly program: Feedbridge;
  /** Stops taking requests, lets what runs come to a safe end, and closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts the service: pages and API in this process; runs, scheduled tasks and the simulated Amazon in a worker beside it.
 *
 * On the demo shop everything is set up first, so that a working bridge is seen at once.
 *
 * @throws every error of `compose`, CannotListen when the port is taken, and what keeps the worker from working
 */
export async function serve(configuration: Configuration): Promise<Service> {
  const program = await compose(configuration);
  const worker = new WorkerProcess({ ...program, configuration });
  let server: Server | null = null;
  const stop = async () => {
    if (server !== null) await closeServer(server);
    await worker.stop();
    await program.close();
  };
  try {
    assertMayListen(configuration, (await program.users.list()).length);
    if (configuration.shop.kind === 'demo') await program.setup.setUp('system');
    server = await listen(createServer(createApp(program, worker).handler), configuration);
    await worker.begin();
    const { port } = server.address() as AddressInfo;
    return { url: `http://${configuration.host}:${port}`, program, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** `npm start`: runs the service until it is told to stop. */
export async function main(): Promise<number> {
  try {
    const service = await serve(loadConfiguration());
    process.stdout.write(greeting(service));
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    await service.stop();
    return 0;
  } catch (error) {
    if (!(error instanceof FeedbridgeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

async function listen(server: Server, { host, port }: Configuration): Promise<Server> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    throw translateListenError(error, { host, port });
  }
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const patience = setTimeout(() => server.closeAllConnections(), 5_000);
  await closed;
  clearTimeout(patience);
}

function greeting({ url, program }: Service): string {
  const { configuration } = program;
  const shop = configuration.shop.kind === 'demo' ? 'the demo shop and the simulated Amazon' : 'your shop';
  return [
    `Feedbridge runs with ${shop}.`,
    '',
    `  Catalog > Amazon   ${url}/`,
    `  Synchronization    ${url}/synchronization`,
    `  Report             ${url}/report`,
    `  Documents, logs    ${configuration.dataFolder}`,
    '',
    'Stop it with Ctrl+C. On the command line: npx feedbridge --help',
    '',
  ].join('\n');
}
