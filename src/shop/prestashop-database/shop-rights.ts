import type { ShopRights } from '../catalogue.js';

/** Where a right was given, from the server down to one table. */
interface Level {
  readonly database: string | null;
  readonly table: string | null;
}

/** What reads, or does nothing at all. */
const READING = new Set(['SELECT', 'USAGE', 'SHOW VIEW', 'SHOW DATABASES']);
/** The optional triggers write there, and the bridge takes away what it has looked at. */
const OUTBOX = 'feedbridge_outbox';

const GRANT = /^GRANT (?<rights>.+?) ON (?:TABLE )?(?<level>\S+) TO /;
const ROLE = /^GRANT (?<role>\S+) TO /;

/**
 * Says what a login may do in the shop's database beyond reading. Rights on other databases are nobody's concern here: the bridge's own may lie on the
 * same server.
 *
 * @param grants the rows of SHOW GRANTS
 * @source MariaDB and MySQL, SHOW GRANTS and GRANT: levels *.*, database.*, database.table; _ and % in a database's name match as in LIKE
 */
export function shopRights(
  grants: readonly string[],
  { database, prefix }: { readonly database: string; readonly prefix: string },
): ShopRights {
  const excess: string[] = [];
  const notes: string[] = [];
  for (const grant of grants) {
    const { rights, level: target } = GRANT.exec(grant)?.groups ?? {};
    const { role } = ROLE.exec(grant)?.groups ?? {};
    if (rights === undefined || target === undefined) {
      if (role !== undefined)
        notes.push(`The login has the role ${role}; what that adds is seen only where the server lists it.`);
      continue;
    }
    const level = levelOf(target);
    if (level.database !== null && !matches(level.database, database)) continue;
    const more = rightsOf(rights).filter((right) => !isNeeded(right, level, prefix));
    if (/ WITH .*GRANT OPTION/.test(grant)) more.push('GRANT OPTION');
    if (more.length > 0) excess.push(`It may ${more.join(', ')} on ${placeOf(level)}.`);
    else if (level.database === null && reads(rights)) excess.push('It may read every database of the server.');
    else if (level.table === null && reads(rights))
      notes.push('It may read every table of the database, customers among them; those that are needed would do.');
  }
  return { excess, notes };
}

/** "SELECT, INSERT (`a`, `b`)" as names without columns. */
function rightsOf(text: string): readonly string[] {
  return text
    .replaceAll(/\s*\([^)]*\)/g, '')
    .split(',')
    .map((right) => right.trim())
    .map((right) => (right === 'ALL PRIVILEGES' ? 'do everything (ALL PRIVILEGES)' : right));
}

function reads(rights: string): boolean {
  return rightsOf(rights).includes('SELECT');
}

function isNeeded(right: string, level: Level, prefix: string): boolean {
  return READING.has(right) || (right === 'DELETE' && level.table === `${prefix}${OUTBOX}`);
}

function levelOf(target: string): Level {
  const [database = '*', table = '*'] = target.split(/\.(?=[`*])/).map((name) => name.replaceAll('`', ''));
  return { database: database === '*' ? null : database, table: table === '*' ? null : table };
}

function placeOf({ database, table }: Level): string {
  if (database === null) return 'every database of the server';
  return table === null ? 'every table of the database' : `the table ${table}`;
}

/** Whether a database's name, as a grant writes it, means this one. */
function matches(pattern: string, database: string): boolean {
  const expression = pattern.replaceAll(/\\[_%]|[_%]|[^\w\\]/g, (part) => {
    if (part === '_') return '.';
    if (part === '%') return '.*';
    return part.length === 2 ? (part[1] ?? '') : `\\${part}`;
  });
  return new RegExp(`^${expression}$`).test(database);
}
