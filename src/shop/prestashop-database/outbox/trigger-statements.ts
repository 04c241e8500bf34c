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
  const row = event === 'delete' ? 'OLD' : 'NEW';
  const condition = conditionOf(watched, event, target);
  const insert = [
    `INSERT INTO ${quoted(prefix + OUTBOX)}`,
    '  (`id_product`, `source`, `id_product_attribute`, `part`, `version`, `first_at`, `last_at`)',
    `VALUES (${row}.\`id_product\`, '${table}', ${combinationOf(watched, row)}, ${of(row, watched.part)}, 1, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`,
    'ON DUPLICATE KEY UPDATE `version` = `version` + 1, `last_at` = UTC_TIMESTAMP(3);',
  ];
  return [
    `CREATE TRIGGER ${quoted(triggerName(prefix, table, event))} AFTER ${event.toUpperCase()} ON ${quoted(prefix + table)}`,
    'FOR EACH ROW BEGIN',
    '  DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END;',
    ...(condition === null ? insert.map((line) => `  ${line}`) : conditional(condition, insert)),
    'END',
  ].join('\n');
}

function conditional(condition: string, insert: readonly string[]): readonly string[] {
  return [`  IF ${condition} THEN`, ...insert.map((line) => `    ${line}`), '  END IF;'];
}

function combinationOf({ combination }: WatchedTable, row: string): string {
  return combination === null ? '0' : `${row}.${quoted(combination)}`;
}

/** Null = always. `<=>` knows no NULL that would make it unknown whether something changed. */
function conditionOf(
  { table, columns, only }: WatchedTable,
  event: TriggerEvent,
  target: TriggerTarget,
): string | null {
  if (event === 'insert') return only === null ? null : of('NEW', only);
  if (event === 'delete') return only === null ? null : of('OLD', only);
  const there = columns.filter((column) => target.hasColumn(table, column));
  const same = there.map((column) => `OLD.${quoted(column)} <=> NEW.${quoted(column)}`).join('\n    AND ');
  const changed = `NOT (${same})`;
  return only === null ? changed : `((${of('OLD', only)}) OR (${of('NEW', only)})) AND ${changed}`;
}

function of(row: string, sql: string): string {
  return sql.replaceAll('ROW.', `${row}.`);
}

const quoted = (name: string) => `\`${name}\``;
