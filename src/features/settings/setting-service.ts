import type { Clock } from '../../core/clock.js';
import type { Db } from '../../db/open-database.js';
import type { Audit } from '../users/audit.js';
import { type FoundSetting, LoadedSettings, type SettingSource } from './loaded-settings.js';
import {
  definitionOf,
  type SettingName,
  type SettingValue,
  settingNamed,
  settingNames,
} from './setting-definitions.js';
import { SettingScopeRefused, SettingValueRefused, SkuSourceInUse } from './setting-errors.js';
import { describeScope, type SettingScope, type SettingScopeKind, scopeId } from './setting-scope.js';
import { type SettingRow, SettingStore } from './setting-store.js';

/** The accounts that a change reaches. */
export type AffectedAccounts = { readonly only: number } | { readonly allBut: readonly number[] };

/** A change that took effect: the texts that held in the scope before and after. */
export interface SettingChange {
  readonly name: SettingName;
  readonly scope: SettingScope;
  readonly before: string;
  readonly after: string;
}

/** What a change of a setting means to other features; they do it in the transaction of the change. */
export interface SettingEffects {
  /** How many listings these accounts have. */
  countListings(accounts: AffectedAccounts, transaction: Db): Promise<number>;
  /** Called for a setting that enters offers: marks the items that the change can touch. */
  offersChanged(change: SettingChange, transaction: Db): Promise<void>;
}

export interface SettingServiceParts {
  readonly clock: Clock;
  readonly audit: Audit;
  readonly effects: SettingEffects;
}

/** Who changes a setting, and whether what needs a second word was confirmed. */
export interface SettingWrite {
  readonly actor: string;
  readonly confirmed?: boolean;
}

/** A setting as a person sees it. */
export interface SettingView extends FoundSetting {
  readonly name: SettingName;
  readonly default: string;
  readonly form: string;
  readonly unit: string;
  readonly description: string;
  readonly scopes: readonly SettingScopeKind[];
}

/** Everything that a person may change while the service runs. */
export class SettingService implements SettingSource {
  readonly #db: Db;
  readonly #parts: SettingServiceParts;

  constructor(db: Db, parts: SettingServiceParts) {
    this.#db = db;
    this.#parts = parts;
  }

  /** The same service inside a transaction. */
  on(transaction: Db): SettingService {
    return new SettingService(transaction, this.#parts);
  }

  /** All settings as they are now, in one query. */
  async load(): Promise<LoadedSettings> {
    return new LoadedSettings(await new SettingStore(this.#db).all());
  }

  /** The value that holds in a scope: the marketplace's, else the account's, else the global one, else the default. */
  async get<N extends SettingName>(name: N, scope: SettingScope): Promise<SettingValue<N>> {
    return (await this.load()).get(name, scope);
  }

  /** Every setting with the text that holds in a scope. */
  async list(scope: SettingScope): Promise<readonly SettingView[]> {
    const loaded = await this.load();
    return settingNames.map((name) => viewOf(name, loaded.find(name, scope)));
  }

  /** @throws SettingUnknown */
  async show(name: string, scope: SettingScope): Promise<SettingView> {
    const known = settingNamed(name);
    return viewOf(known, (await this.load()).find(known, scope));
  }

  /**
   * Gives a setting a value in exactly this scope.
   *
   * @returns the setting as it is now; its text may be written differently than the one given
   * @throws SettingUnknown, SettingScopeRefused, SettingValueRefused; SkuSourceInUse unless confirmed
   */
  async set(name: string, text: string, scope: SettingScope, write: SettingWrite): Promise<SettingView> {
    const known = settingNamed(name);
    const { kind } = definitionOf(known);
    const result = kind.schema.safeParse(text);
    if (result.success) return this.#change(known, { scope, value: kind.print(result.data), write });
    const expected = result.error.issues.map((issue) => issue.message).join('; ');
    throw new SettingValueRefused({ name, expected, received: text });
  }

  /**
   * Takes a value away from exactly this scope, so that the wider one or the default holds again.
   *
   * @throws SettingUnknown, SettingScopeRefused; SkuSourceInUse unless confirmed
   */
  async unset(name: string, scope: SettingScope, write: SettingWrite): Promise<SettingView> {
    return this.#change(settingNamed(name), { scope, value: null, write });
  }

  async #change(
    name: SettingName,
    wanted: { scope: SettingScope; value: string | null; write: SettingWrite },
  ): Promise<SettingView> {
    const { scope, value, write } = wanted;
    const { scopes } = definitionOf(name);
    if (!scopes.includes(scope.kind)) throw new SettingScopeRefused({ name, received: scope.kind, allowed: scopes });
    return this.#db.transaction(async (transaction) => {
      const store = new SettingStore(transaction);
      const rows = await store.all();
      const before = new LoadedSettings(rows).find(name, scope).text;
      if (value === null) await store.remove(name, scope);
      else await store.put(name, scope, { value, nowMs: this.#parts.clock.nowMs() });
      const found = new LoadedSettings(await store.all()).find(name, scope);
      const change = { name, scope, before, after: found.text };
      if (before !== found.text) await this.#applyEffects(change, { rows, write, transaction });
      const subject = `${name} (${describeScope(scope)})`;
      const details = { before, after: found.text };
      const action = value === null ? 'setting-unset' : 'setting-set';
      await this.#parts.audit.record({ actor: write.actor, action, subject, details }, transaction);
      return viewOf(name, found);
    });
  }

  async #applyEffects(
    change: SettingChange,
    context: { rows: readonly SettingRow[]; write: SettingWrite; transaction: Db },
  ): Promise<void> {
    const { effects } = this.#parts;
    const { rows, write, transaction } = context;
    if (change.name === 'sku-source' && write.confirmed !== true) {
      const listings = await effects.countListings(affectedAccounts(change, rows), transaction);
      if (listings > 0) throw new SkuSourceInUse({ listings });
    }
    if (definitionOf(change.name).entersOffers) await effects.offersChanged(change, transaction);
  }
}

/** Accounts with a value of their own do not feel a change of the global one. */
function affectedAccounts(change: SettingChange, rows: readonly SettingRow[]): AffectedAccounts {
  if (change.scope.kind !== 'global') return { only: scopeId(change.scope) };
  const own = rows.filter((row) => row.name === change.name && row.scope === 'account');
  return { allBut: own.map((row) => row.scopeId) };
}

function viewOf(name: SettingName, found: FoundSetting): SettingView {
  const { kind, scopes, unit, description, default: initial } = definitionOf(name);
  return { name, ...found, default: initial, form: kind.form, unit, description, scopes };
}
