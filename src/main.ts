import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assertMayListen, createApp } from './compose/assemble-http.js';
import { feedbridgeTasks } from './compose/tasks.js';
import { compose, type Feedbridge } from './compose.js';
import type { Configuration } from './config/configuration.js';
import { translateListenError } from './config/listen-errors.js';
import { loadConfiguration } from './config/load-configuration.js';
import { FeedbridgeError } from './core/errors.js';
import { CronRunner } from './scheduler/cron-runner.js';
import { runTask } from './scheduler/run-task.js';

/** A running service. */
export interface Service {
  /** Where people look, without a slash at the end. */
  readonly url: string;
  readonly program: Feedbridge;
  /** Stops taking requests, lets what runs come to a safe end, and closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts the service: pages, API, the simulated Amazon where an account needs it, and the scheduled tasks.
 *
 * On the demo shop everything is set up first, so that a working bridge is seen at once.
 *
 * @throws every error of `compose`, and CannotListen when the port is taken
 */
export async function serve(configuration: Configuration): Promise<Service> {
  const program = await compose(configuration);
  try {
    assertMayListen(configuration, (await program.users.list()).length);
    if (configuration.shop.kind === 'demo') await program.setup.setUp('system');
    if ((await program.accounts.list()).some((account) => account.simulator)) await program.simulator.start();
    const app = createApp(program);
    const server = await listen(createServer(app.handler), configuration);
    const work = await startWork(program);
    const { port } = server.address() as AddressInfo;
    const stop = async () => {
      await closeServer(server);
      await work.stop();
      await app.stop();
      await program.close();
    };
    return { url: `http://${configuration.host}:${port}`, program, stop };
  } catch (error) {
    await program.close();
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

/** The scheduled tasks, and one sweep at once: after a pause of the service the catalogue may have changed. */
async function startWork(program: Feedbridge): Promise<{ stop(): Promise<void> }> {
  const tasks = await feedbridgeTasks(program);
  const { db, clock, logger } = program;
  const runner = new CronRunner(tasks, { db, clock, logger });
  await runner.start();
  const stopping = new AbortController();
  const sweep = tasks.find((task) => task.id === 'sweep-catalogue');
  const first = sweep ? runTask(sweep, { db, clock, logger }, stopping.signal) : Promise.resolve();
  const ended = first.then(
    () => undefined,
    (error: unknown) => logger.error('The first sweep could not be written into the diary', { reason: String(error) }),
  );
  return {
    stop: async () => {
      stopping.abort();
      await runner.stop();
      await ended;
    },
  };
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
