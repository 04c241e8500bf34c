import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import mysql from 'mysql2/promise';

const SERVER = ['/usr/sbin/mariadbd', '/usr/local/sbin/mariadbd', '/usr/local/bin/mariadbd'].find(existsSync);
const INSTALLER = ['/usr/bin/mariadb-install-db', '/usr/local/bin/mariadb-install-db'].find(existsSync);

/** Only a system that ends loses what was written and not yet brought to the disk; a killed process does not. */
const NO_DISK_WAITS = ['--innodb-flush-method=nosync', '--innodb-flush-log-at-trx-commit=2'];

/** Why no server of a test's own can be started here; null when one can. */
export function whyNoPrivateServer(): string | null {
  if (SERVER !== undefined && INSTALLER !== undefined) return null;
  return "runs where Debian's mariadb-server is installed: mariadbd and mariadb-install-db";
}

/** A MariaDB server of a test's own, in a folder and on a port of its own, which may be killed. */
export class PrivateServer {
  readonly #folder: string;
  readonly #port: number;
  #process: ChildProcess | null = null;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
  }

  /** Makes one and starts it. */
  static async make(): Promise<PrivateServer> {
    const folder = mkdtempSync(join(tmpdir(), 'feedbridge-test-server-'));
    const args = ['--no-defaults', `--datadir=${join(folder, 'data')}`, '--auth-root-authentication-method=normal'];
    execFileSync(INSTALLER ?? '', [...args, '--skip-test-db', ...NO_DISK_WAITS, ...userOption()], { stdio: 'ignore' });
    const server = new PrivateServer(folder, await freePort());
    await server.start();
    return server;
  }

  /** For the databases of its only user, who needs no password. */
  get url(): string {
    return `mysql://root@127.0.0.1:${this.#port}/`;
  }

  /** Starts it, and waits until it answers. */
  async start(): Promise<void> {
    this.#process = spawn(
      SERVER ?? '',
      [
        ...['--no-defaults', `--datadir=${join(this.#folder, 'data')}`, `--socket=${join(this.#folder, 'socket')}`],
        ...[`--port=${this.#port}`, '--bind-address=127.0.0.1', '--innodb-buffer-pool-size=32M', ...NO_DISK_WAITS],
        ...userOption(),
      ],
      { stdio: 'ignore' },
    );
    while (!(await this.#answers())) {
      if (this.#process.exitCode !== null)
        throw new Error(`The server ended with exit code ${this.#process.exitCode}.`);
      await pause(50);
    }
  }

  /** Ends it without a word; what it has written is there, since the system it runs on goes on. */
  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running === null) return;
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    try {
      const connection = await mysql.createConnection(this.url);
      await connection.end();
      return true;
    } catch {
      return false;
    }
  }
}

/** A server refuses to run as root unless it is told to. */
function userOption(): readonly string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
