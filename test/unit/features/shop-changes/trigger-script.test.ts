import { describe, expect, it } from 'vitest';
import { installationScript, removalScript } from '../../../../src/features/shop-changes/trigger-script.js';
import { openOutbox } from '../../../../src/shop/prestashop-database/outbox/open-outbox.js';
import {
  installStatements,
  uninstallStatements,
} from '../../../../src/shop/prestashop-database/outbox/trigger-statements.js';
import { VERSIONED_COLUMNS } from '../../../../src/shop/prestashop-database/shop-columns.js';
import type { ShopOutbox } from '../../../../src/shop/shop-outbox.js';

const everyColumn = { prefix: 'ps_', hasColumn: () => true };
const grant = "GRANT SELECT, DELETE ON `shop`.`ps_feedbridge_outbox` TO 'bridge'@'%'";
const shop = {
  shop: { check: () => Promise.resolve() },
  outbox: {
    installation: () => Promise.resolve({ statements: installStatements(everyColumn), grant }),
    removal: () => ({ statements: uninstallStatements('ps_'), grant: null }),
  } as unknown as ShopOutbox,
};

/** Reads a script as the mysql client does: statements end with the delimiter in force at a line's end. */
function statementsOf(lines: readonly string[], first: string): readonly string[] {
  let delimiter = first;
  let text = '';
  const found: string[] = [];
  for (const line of lines) {
    if (line.startsWith('--') && text === '') continue;
    const changed = /^DELIMITER (\S+)$/.exec(line)?.[1];
    if (changed !== undefined) delimiter = changed;
    else if (line.endsWith(delimiter)) {
      found.push(text + line.slice(0, -delimiter.length));
      text = '';
    } else text += `${line}\n`;
  }
  expect(text).toBe('');
  return found;
}

describe('The SQL of the triggers', () => {
  it('is read by the mysql client as the statements that are meant', async () => {
    const { lines, statements } = await installationScript(shop, 'client');
    expect(statementsOf(lines, ';')).toEqual(statements);
    expect(lines.at(-1)).toBe(`-- ${grant};`);
    expect(statementsOf(removalScript(shop, 'client').lines, ';')).toEqual(uninstallStatements('ps_'));
  });

  it('is read by phpMyAdmin as the same, with $$ in its field', async () => {
    const { lines, statements } = await installationScript(shop, 'phpmyadmin');
    expect(lines.join('\n')).not.toContain('DELIMITER ');
    expect(statementsOf(lines, '$$')).toEqual(statements);
  });

  it('names no definer, and runs one insert under a handler in each body', () => {
    const bodies = installStatements(everyColumn).filter((sql) => sql.startsWith('CREATE TRIGGER'));
    expect(bodies).toHaveLength(18);
    for (const body of bodies) {
      expect(body).not.toMatch(/DEFINER/i);
      expect(body.match(/DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END;/g)).toHaveLength(1);
      // Of an UPDATE the row that moves to another product and the one that stays are branches of their own.
      for (const branch of body.split('ELSEIF'))
        expect(branch.match(/\b(INSERT INTO|UPDATE `ps_|DELETE FROM|SELECT|REPLACE|CALL)\b/g)).toEqual(['INSERT INTO']);
    }
  });

  it('compares no column that an older shop lacks', () => {
    const lacking = Object.keys(VERSIONED_COLUMNS);
    const hasColumn = (table: string, column: string) => !lacking.includes(`${table}.${column}`);
    const text = installStatements({ prefix: 'old_', hasColumn }).join('\n');
    expect(text).not.toMatch(/`(mpn|state)`/);
    expect(text).toContain('OLD.`ean13` <=> NEW.`ean13`');
    expect(text).toContain('`old_feedbridge_outbox`');
  });

  it('that removes them is printed also when our login is gone, or the server does not answer', async () => {
    const gone = {
      host: '127.0.0.1',
      port: 1,
      user: 'gone',
      password: '',
      database: 'shop',
      prefix: 'ps_',
      shopIds: [1],
    };
    const outbox = openOutbox(gone);
    expect(removalScript({ outbox }, 'client').statements).toEqual(uninstallStatements('ps_'));
    await outbox.close();
  });

  it('is refused for a shop that is not reached by its database', async () => {
    await expect(installationScript({ ...shop, outbox: null }, 'client')).rejects.toThrow('reached by its database');
  });
});
