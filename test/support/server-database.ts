import { randomBytes } from 'node:crypto';
import mysql from 'mysql2/promise';

/** A database on a server that exists for one test only. */
export interface ServerDatabase {
  readonly url: string;
  /** Always feedbridge_test_…. */
  readonly name: string;
  remove(): Promise<void>;
}

/**
 * Makes an empty database on the test server.
 *
 * @param serverUrl as TEST_MYSQL_URL gives it, which is the default
 * @returns it, and how to remove it; nothing else is ever dropped
 */
export async function makeServerDatabase(serverUrl = process.env.TEST_MYSQL_URL ?? ''): Promise<ServerDatabase> {
  const server = new URL(serverUrl);
  const name = `feedbridge_test_${randomBytes(6).toString('hex')}`;
  await onServer(server, `CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, name, remove: () => onServer(server, `DROP DATABASE IF EXISTS \`${name}\``) };
}

async function onServer(server: URL, statement: string): Promise<void> {
  const connection = await mysql.createConnection({
    host: server.hostname,
    port: server.port === '' ? 3306 : Number(server.port),
    user: decodeURIComponent(server.username),
    password: decodeURIComponent(server.password),
  });
  await connection.query(statement);
  await connection.end();
}
