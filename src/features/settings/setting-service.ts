import type { Clock } from '../../core/clock.js';
import type { Db } from '../../db/open-database.js';
import { type MarkedProducts, NOTHING_MARKED } from '../queue/offer-marks.js';
import type { Audit } from '../users/audit.js';
import { type FoundSetting, LoadedSettings, type SettingSource } from './loaded-settings.js';
import { changesOffers, type SettingChange, takesEffect } from './setting-change.js';
import {
  definitionOf,
  type SettingName,
  type SettingValue,
  settingNamed,
  settingNames,
} from './setting-definitions.js';
import { SettingScopeRefused, SettingValueRefused, SkuSourceInUse } from './setting-errors.js';
import { describeScope, type SettingScope, type SettingScopeKind, scopeId } from './setting-scope.js';
import { SettingStore } from './setting-store.js';

/** The accounts that a change reaches. */
export type AffectedAccounts = { readonly only: number } | { readonly allBut: readonly number[] };

/** What a change of a setting means to other features; they do it in the transaction of the change. */
export interface SettingEffects {
  /** How many listings these accounts have. */
  countListings(accounts: AffectedAccounts, transaction: Db): Promise<number>;
  /** Called before anything is read, for a setting that enters offers: lets writers of marks go one after the other. */
  takeTurn(transaction: Db): Promise<void>;
  /** Called for a setting that enters offers when another value holds: marks the items that the change can touch. */
  offersChanged(change: SettingChange, transaction: Db): Promise<MarkedProducts>;
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

/** The same after a change of it. */
export interface ChangedSetting extends SettingView {
  readonly marked: MarkedProducts;
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
   * Says what a change would do, and changes nothing.
   *
   * @param text null takes the value away
   * @throws SettingUnknown, SettingScopeRefused, SettingValueRefused
   */
  async plan(name: string, text: string | null, scope: SettingScope): Promise<SettingChange> {
    return planned(await this.load(), wantedOf(name, text, scope));
  }

  /**
   * Gives a setting a value in exactly this scope, and marks the items that the change can touch.
   *
   * @returns the setting as it is now; its text may be written differently than the one given
   * @throws SettingUnknown, SettingScopeRefused, SettingValueRefused; SkuSourceInUse unless confirmed
   */
  async set(name: string, text: string, scope: SettingScope, write: SettingWrite): Promise<ChangedSetting> {
    return this.#change(wantedOf(name, text, scope), write);
  }

  /**
   * Takes a value away from exactly this scope, so that the wider one or the default holds again; marks as `set` does.
   *
   * @throws SettingUnknown, SettingScopeRefused; SkuSourceInUse unless confirmed
   */
  async unset(name: string, scope: SettingScope, write: SettingWrite): Promise<ChangedSetting> {
    return this.#change(wantedOf(name, null, scope), write);
  }

  async #change(wanted: Wanted, write: SettingWrite): Promise<ChangedSetting> {
    const { name, scope, value } = wanted;
    return this.#db.transaction(async (transaction) => {
      if (definitionOf(name).offers.reach !== 'nothing') await this.#parts.effects.takeTurn(transaction);
      const store = new SettingStore(transaction);
      const change = planned(new LoadedSettings(await store.all()), wanted);
      if (value === null) await store.remove(name, scope);
      else await store.put(name, scope, { value, nowMs: this.#parts.clock.nowMs() });
      const marked = takesEffect(change) ? await this.#applyEffects(change, write, transaction) : NOTHING_MARKED;
      const found = change.after.find(name, scope);
      const subject = `${name} (${describeScope(scope)})`;
      const details = { before: change.before.find(name, scope).text, after: found.text };
      const action = value === null ? 'setting-unset' : 'setting-set';
      await this.#parts.audit.record({ actor: write.actor, action, subject, details }, transaction);
      return { ...viewOf(name, found), marked };
    });
  }

  async #applyEffects(change: SettingChange, write: SettingWrite, transaction: Db): Promise<MarkedProducts> {
    const { effects } = this.#parts;
    if (change.name === 'sku-source' && write.confirmed !== true) {
      const listings = await effects.countListings(affectedAccounts(change), transaction);
      if (listings > 0) throw new SkuSourceInUse({ listings });
    }
    return changesOffers(change) ? effects.offersChanged(change, transaction) : NOTHING_MARKED;
  }
}

/** A change that fits its setting. */
interface Wanted {
  readonly name: SettingName;
  readonly scope: SettingScope;
  /** Null = taken away. */
  readonly value: string | null;
}

function wantedOf(name: string, text: string | null, scope: SettingScope): Wanted {
  const known = settingNamed(name);
  const { kind, scopes } = definitionOf(known);
  const result = text === null ? null : kind.schema.safeParse(text);
  if (text !== null && result?.success === false) {
    const expected = result.error.issues.map((issue) => issue.message).join('; ');
    throw new SettingValueRefused({ name, expected, received: text });
  }
  if (!scopes.includes(scope.kind)) throw new SettingScopeRefused({ name, received: scope.kind, allowed: scopes });
  return { name: known, scope, value: result?.success ? kind.print(result.data) : null };
}

function planned(before: LoadedSettings, { name, scope, value }: Wanted): SettingChange {
  return { name, scope, before, after: before.with(name, scope, value) };
}

/** Accounts with a value of their own do not feel a change of the global one. */
function affectedAccounts({ name, scope, before }: SettingChange): AffectedAccounts {
  return scope.kind === 'global' ? { allBut: before.ownersOf(name) } : { only: scopeId(scope) };
}

function viewOf(name: SettingName, found: FoundSetting): SettingView {
  const { kind, scopes, unit, description, default: initial } = definitionOf(name);
  return { name, ...found, default: initial, form: kind.form, unit, description, scopes };
}
