import { randomBytes } from 'node:crypto';
import mysql, { type Connection } from 'mysql2/promise';

/** Two databases that exist for one run of the bench: the shop's and the bridge's own. */
export interface BenchDatabases {
  readonly server: URL;
  readonly shop: string;
  readonly bridge: string;
  /** Opens a connection without a database of its own. */
  connect(): Promise<Connection>;
  /** As FEEDBRIDGE_DATABASE and FEEDBRIDGE_SHOP take it. */
  urlOf(database: string): string;
  drop(): Promise<void>;
}

const DEFAULT_SERVER = 'mysql://root@127.0.0.1:3306/';

/** Makes both databases, named feedbridge_test_bench_…, on the server of BENCH_MYSQL_URL, else of TEST_MYSQL_URL, else on this machine. */
export async function makeBenchDatabases(environment: NodeJS.ProcessEnv): Promise<BenchDatabases> {
  const server = new URL(environment.BENCH_MYSQL_URL || environment.TEST_MYSQL_URL || DEFAULT_SERVER);
  const name = `feedbridge_test_bench_${randomBytes(4).toString('hex')}`;
  const names = { shop: `${name}_shop`, bridge: `${name}_bridge` };
  const connect = () =>
    mysql.createConnection({
      host: server.hostname,
      port: Number(server.port || '3306'),
      user: decodeURIComponent(server.username),
      password: decodeURIComponent(server.password),
    });
  const onBoth = async (statement: (database: string) => string) => {
    const connection = await connect();
    try {
      for (const database of Object.values(names)) await connection.query(statement(`\`${database}\``));
    } finally {
      await connection.end();
    }
  };
  await onBoth((database) => `CREATE DATABASE ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  return {
    server,
    ...names,
    connect,
    urlOf: (database) => Object.assign(new URL(server), { pathname: `/${database}` }).href,
    drop: () => onBoth((database) => `DROP DATABASE IF EXISTS ${database}`),
  };
}
