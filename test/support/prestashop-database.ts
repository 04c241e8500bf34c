import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import knex, { type Knex } from 'knex';
import mysql from 'mysql2/promise';
import { makeServerDatabase } from './server-database.js';
import { sharedFile, sharedFolder } from './shared-material.js';

export type PrestashopDump =
  | 'prestashop-8.2.1'
  | 'prestashop-8.2.1-multistore'
  | 'prestashop-1.7.8.11'
  | 'prestashop-1.6.1.24';

/** A PrestaShop database that exists for one test file only. */
export interface PrestashopDatabase {
  /** As FEEDBRIDGE_SHOP takes it, with prefix ps_ and shop 1. */
  readonly url: string;
  readonly name: string;
  /** For handles of a test's own. */
  readonly connection: ServerConnection;
  /** A handle that may write, for fixtures. */
  readonly knex: Knex;
  /** Closes the handle and removes the database. */
  drop(): Promise<void>;
}

/** Why tests with a real PrestaShop database cannot run here, with the line that would run them; null when they can. */
export function whyNoPrestashopDatabase(): string | null {
  if (!process.env.TEST_MYSQL_URL) return 'runs with TEST_MYSQL_URL=mysql://user:password@127.0.0.1:3306/ npm test';
  if (sharedFolder() === null) return 'runs with FEEDBRIDGE_SHARED=/path/to/shared npm test';
  return null;
}

/**
 * Loads one of the shared PrestaShop databases into a server database named feedbridge_test_….
 *
 * @param serverUrl left out = the test server
 */
export async function loadPrestashopDump(dump: PrestashopDump, serverUrl?: string): Promise<PrestashopDatabase> {
  const made = await makeServerDatabase(serverUrl);
  const sql = gunzipSync(readFileSync(sharedFile('prestashop', 'databases', `${dump}.sql.gz`)));
  if (!(await loadByClient(made.url, sql))) await loadByDriver(made.url, sql);
  const connection = connectionOf(made.url);
  const handle = knex({ client: 'mysql2', connection: { ...connection }, pool: { min: 0, max: 2 } });
  const url = new URL(made.url);
  url.search = '?prefix=ps_&shop=1';
  const drop = async () => {
    await handle.destroy();
    await made.remove();
  };
  return { url: url.href, name: made.name, connection, knex: handle, drop };
}

export interface ServerConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly dateStrings: boolean;
}

function connectionOf(url: string): ServerConnection {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname,
    port: port === '' ? 3306 : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: pathname.slice(1),
    dateStrings: true,
  };
}

/** The server's own client is several times faster than statements by the driver. */
async function loadByClient(url: string, sql: Buffer): Promise<boolean> {
  const { host, port, user, password, database } = connectionOf(url);
  const target = [`--host=${host}`, `--port=${port}`, `--user=${user}`, database];
  const client = spawn('mariadb', target, {
    env: { ...process.env, MYSQL_PWD: password },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(client, 'close');
  const failed = once(client, 'error').then(() => false);
  client.stdin.on('error', () => client.kill());
  client.stdin.end(sql);
  return Promise.race([failed, ended.then(([code]) => code === 0)]);
}

async function loadByDriver(url: string, sql: Buffer): Promise<void> {
  const connection = await mysql.createConnection({ ...connectionOf(url), multipleStatements: true });
  await connection.query(sql.toString('utf8'));
  await connection.end();
}
