import { OUTBOX, OUTBOX_COLUMNS } from './outbox-table.js';
import { WATCHED_TABLES, type WatchedTable } from './watched-tables.js';

const EVENTS = ['insert', 'update', 'delete'] as const;
type TriggerEvent = (typeof EVENTS)[number];

/** What the statements are made for. */
export interface TriggerTarget {
  /** Of the tables, checked by `tablePrefix`. */
  readonly prefix: string;
  /** Whether the shop has a column: versions differ. */
  readonly hasColumn: (table: string, column: string) => boolean;
}

/**
 * A statement that would wait for a lock on a table would keep all others of the shop waiting behind it; after five seconds it rather gives up.
 * Run it again at a quieter time.
 */
const GIVE_UP_SOON = 'SET SESSION lock_wait_timeout = 5';

/** The names of all triggers that were ever made, under one prefix. */
export function triggerNames(prefix: string): readonly string[] {
  return WATCHED_TABLES.flatMap(({ table }) => EVENTS.map((event) => triggerName(prefix, table, event)));
}

/**
 * The statements that install the triggers, in their order; a second time they put everything in place anew.
 *
 * Triggers go before the outbox and come after it. The outbox is made anew, since a trigger must not meet one of another form; what it held is
 * found by the sweep. No statement names a definer: triggers then run as the account that makes them, which is to be the shop's own. One that is
 * gone would fail every statement of the shop.
 */
export function installStatements(target: TriggerTarget): readonly string[] {
  return [
    ...uninstallStatements(target.prefix),
    `CREATE TABLE ${quoted(target.prefix + OUTBOX)} (\n  ${OUTBOX_COLUMNS.join(',\n  ')}\n) ENGINE=InnoDB`,
    ...WATCHED_TABLES.flatMap((watched) => EVENTS.map((event) => triggerStatement(watched, event, target))),
  ];
}

/** The statements that remove triggers and outbox; also where some, or all, are not there. */
export function uninstallStatements(prefix: string): readonly string[] {
  return [
    GIVE_UP_SOON,
    ...triggerNames(prefix).map((name) => `DROP TRIGGER IF EXISTS ${quoted(name)}`),
    `DROP TABLE IF EXISTS ${quoted(prefix + OUTBOX)}`,
  ];
}

function triggerName(prefix: string, table: string, event: TriggerEvent): string {
  return `${prefix}${OUTBOX}_${table}_${event}`.replace('_outbox_', '_');
}

/**
 * One insert under a handler that lets the shop's statement go on, whatever became of the insert: outbox gone, full, or of another form.
 *
 * @source https://mariadb.com/kb/en/declare-handler/ ; the condition stands behind the handler, so that it cannot fail the statement either
 */
function triggerStatement(watched: WatchedTable, event: TriggerEvent, target: TriggerTarget): string {
  const { prefix } = target;
  const { table } = watched;
  return [
    `CREATE TRIGGER ${quoted(triggerName(prefix, table, event))} AFTER ${event.toUpperCase()} ON ${quoted(prefix + table)}`,
    'FOR EACH ROW BEGIN',
    ...indented(['DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END;', ...bodyOf(watched, event, target)]),
    'END',
  ].join('\n');
}

function bodyOf(watched: WatchedTable, event: TriggerEvent, target: TriggerTarget): readonly string[] {
  if (event === 'update') return updateBody(watched, target);
  const row = event === 'insert' ? 'NEW' : 'OLD';
  const insert = insertOf(watched, [row], target);
  return watched.only === null ? insert : [`IF ${of(row, watched.only)} THEN`, ...indented(insert), 'END IF;'];
}

/** A row that moves to another product changes both. `<=>` knows no NULL that would make it unknown whether something changed. */
function updateBody(watched: WatchedTable, target: TriggerTarget): readonly string[] {
  const { table, columns, only } = watched;
  const counts = only === null ? '' : `((${of('OLD', only)}) OR (${of('NEW', only)})) AND `;
  const sameIn = (column: string) => `OLD.${quoted(column)} <=> NEW.${quoted(column)}`;
  const there = columns.filter((column) => target.hasColumn(table, column));
  return [
    `IF ${counts}NOT (${sameIn('id_product')}) THEN`,
    ...indented(insertOf(watched, ['NEW', 'OLD'], target)),
    `ELSEIF ${counts}NOT (${there.map(sameIn).join('\n    AND ')}) THEN`,
    ...indented(insertOf(watched, ['NEW'], target)),
    'END IF;',
  ];
}

function insertOf(
  watched: WatchedTable,
  rows: readonly ('NEW' | 'OLD')[],
  { prefix }: TriggerTarget,
): readonly string[] {
  const valuesOf = (row: string) =>
    `(${row}.\`id_product\`, '${watched.table}', ${combinationOf(watched, row)}, ${of(row, watched.part)}, 1, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`;
  return [
    `INSERT INTO ${quoted(prefix + OUTBOX)}`,
    '  (`id_product`, `source`, `id_product_attribute`, `part`, `version`, `first_at`, `last_at`)',
    `VALUES ${rows.map(valuesOf).join(',\n  ')}`,
    'ON DUPLICATE KEY UPDATE `version` = `version` + 1, `last_at` = UTC_TIMESTAMP(3);',
  ];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

function combinationOf({ combination }: WatchedTable, row: string): string {
  return combination === null ? '0' : `${row}.${quoted(combination)}`;
}

function of(row: string, sql: string): string {
  return sql.replaceAll('ROW.', `${row}.`);
}

const quoted = (name: string) => `\`${name}\``;
