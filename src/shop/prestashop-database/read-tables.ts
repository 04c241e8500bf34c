import type { Knex } from 'knex';
import { type Cell, isSqlite, type Row, readRows } from '../../db/read-rows.js';

/** One SELECT and what its rows mean. */
export interface TableRead<T> {
  readonly sql: string;
  readonly bindings?: readonly Cell[];
  of(rows: readonly Row[]): T;
}

type Results<R> = { [K in keyof R]: R[K] extends TableRead<infer T> ? T : never };

/**
 * Runs several SELECTs, one after the other on the server, and gives what each of them found.
 *
 * A server that allows it gets them all at once: it goes on reading while we work on what came before, instead of waiting
 * after each table until we have time for its answer. Measured on MariaDB 10.11 with 200,000 items: 1.9 s one by one,
 * 1.3 s together.
 *
 * @param reads by any names; the result has the same names
 */
export async function readTables<R extends Readonly<Record<string, TableRead<unknown>>>>(
  db: Knex,
  reads: R,
): Promise<Results<R>> {
  const entries = Object.entries(reads);
  // The driver gives the answer to one statement as it is, not as the first of several.
  const together = entries.length > 1 && allowsManyStatements(db);
  const answers = together ? await readTogether(db, entries) : await readOneByOne(db, entries);
  const found = entries.map(([name, read], index) => [name, read.of(answers[index] ?? [])]);
  return Object.fromEntries(found) as Results<R>;
}

type NamedRead = readonly [string, TableRead<unknown>];

async function readTogether(db: Knex, entries: readonly NamedRead[]): Promise<readonly (readonly Row[])[]> {
  const sql = entries.map(([, read]) => read.sql).join(';\n');
  const bindings = entries.flatMap(([, read]) => [...(read.bindings ?? [])]);
  const [answers]: [readonly (readonly Row[])[]] = await db.raw(sql, bindings).options({ rowsAsArray: true });
  return answers;
}

async function readOneByOne(db: Knex, entries: readonly NamedRead[]): Promise<readonly (readonly Row[])[]> {
  const answers: (readonly Row[])[] = [];
  for (const [, read] of entries) answers.push(await readRows(db, read.sql, read.bindings));
  return answers;
}

function allowsManyStatements(db: Knex): boolean {
  return !isSqlite(db) && db.client.config.connection?.multipleStatements === true;
}
