import { definitionOf, type SettingName, type SettingValue } from './setting-definitions.js';
import { StoredSettingInvalid } from './setting-errors.js';
import { describeScope, type SettingScope, type SettingScopeKind, scopeChain, scopeId } from './setting-scope.js';
import type { SettingRow } from './setting-store.js';

/** Where resolved settings come from: the service reads them once, what it read can be asked again and again. */
export interface SettingSource {
  load(): Promise<LoadedSettings>;
}

/** A setting's text and the scope that it was found in. */
export interface FoundSetting {
  readonly text: string;
  readonly origin: SettingScopeKind | 'default';
}

/** All settings as they were at one moment, so that a whole run works by the same ones. */
export class LoadedSettings implements SettingSource {
  readonly #rows: readonly SettingRow[];
  readonly #texts: ReadonlyMap<string, string>;

  constructor(rows: readonly SettingRow[]) {
    this.#rows = rows;
    this.#texts = new Map(rows.map((row) => [keyOf(row.name, row.scope, row.scopeId), row.value]));
  }

  /** The same settings with one text changed in exactly this scope; null = taken away. */
  with(name: SettingName, scope: SettingScope, value: string | null): LoadedSettings {
    const row = { name, scope: scope.kind, scopeId: scopeId(scope) };
    const others = this.#rows.filter(
      (one) => one.name !== name || one.scope !== row.scope || one.scopeId !== row.scopeId,
    );
    return new LoadedSettings(value === null ? others : [...others, { ...row, value }]);
  }

  /** The ids of the accounts that have a text of their own. */
  ownersOf(name: SettingName): readonly number[] {
    return this.#rows.filter((row) => row.name === name && row.scope === 'account').map((row) => row.scopeId);
  }

  load(): Promise<LoadedSettings> {
    return Promise.resolve(this);
  }

  /** The text that holds in a scope: the marketplace's, else the account's, else the global one, else the default. */
  find(name: SettingName, scope: SettingScope): FoundSetting {
    for (const one of scopeChain(scope)) {
      const text = this.#texts.get(keyOf(name, one.kind, scopeId(one)));
      if (text !== undefined) return { text, origin: one.kind };
    }
    return { text: definitionOf(name).default, origin: 'default' };
  }

  /**
   * The value that holds in a scope.
   *
   * @throws StoredSettingInvalid when the table holds a text that this version does not take
   */
  get<N extends SettingName>(name: N, scope: SettingScope): SettingValue<N> {
    const { text } = this.find(name, scope);
    const { kind } = definitionOf(name);
    const result = kind.schema.safeParse(text);
    if (result.success) return result.data as SettingValue<N>;
    throw new StoredSettingInvalid({ name, scope: describeScope(scope), expected: kind.form, received: text });
  }
}

function keyOf(name: string, scope: SettingScopeKind, id: number): string {
  return `${name} ${scope} ${id}`;
}
