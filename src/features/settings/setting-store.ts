import type { Db } from '../../db/open-database.js';
import { type SettingScope, type SettingScopeKind, scopeId } from './setting-scope.js';

/** One stored text. */
export interface SettingRow {
  readonly name: string;
  readonly scope: SettingScopeKind;
  /** 0 for the global scope. */
  readonly scopeId: number;
  readonly value: string;
}

interface SettingTableRow {
  name: string;
  scope: SettingScopeKind;
  scope_id: number;
  value: string;
  changed_at_ms: number;
}

/** The table `setting`: only what differs from the defaults. */
export class SettingStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async all(): Promise<readonly SettingRow[]> {
    const rows = await this.#db<SettingTableRow>('setting');
    return rows.map((row) => ({ name: row.name, scope: row.scope, scopeId: row.scope_id, value: row.value }));
  }

  async put(name: string, scope: SettingScope, entry: { value: string; nowMs: number }): Promise<void> {
    await this.#db('setting')
      .insert({
        name,
        scope: scope.kind,
        scope_id: scopeId(scope),
        value: entry.value,
        changed_at_ms: entry.nowMs,
      })
      .onConflict(['name', 'scope', 'scope_id'])
      .merge(['value', 'changed_at_ms']);
  }

  async remove(name: string, scope: SettingScope): Promise<void> {
    await this.#db('setting')
      .where({ name, scope: scope.kind, scope_id: scopeId(scope) })
      .delete();
  }
}
