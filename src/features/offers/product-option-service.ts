import type { Clock } from '../../core/clock.js';
import { defineError } from '../../core/errors.js';
import type { Db } from '../../db/open-database.js';
import type { Audit } from '../users/audit.js';
import type { ProductOptions } from './offer-settings.js';
import type { OptionChangeListener, OptionSubject, OptionValue, ProductOptionRow } from './product-option.js';
import {
  type ProductOptionDefinition,
  productOptionByName,
  productOptionDefinitions,
} from './product-option-definitions.js';
import { ProductOptionStore } from './product-option-store.js';
import { resolveOptions } from './resolve-options.js';

export const UnknownProductOption = defineError<{ name: string }>(
  'UNKNOWN_PRODUCT_OPTION',
  422,
  ({ name }) =>
    `There is no product option ${JSON.stringify(name)}. Options: ${productOptionDefinitions.map((one) => one.name).join(', ')}.`,
);

export const InvalidProductOption = defineError<{ name: string; expected: string; text: string }>(
  'INVALID_PRODUCT_OPTION',
  422,
  ({ name, expected, text }) =>
    `Expected for ${name} ${expected}, got ${JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)}.`,
);

export const ProductOptionPerAccount = defineError<{ name: string }>(
  'PRODUCT_OPTION_PER_ACCOUNT',
  422,
  ({ name }) => `Amazon keeps ${name} once per account, not per marketplace. Set it without naming a marketplace.`,
);

/** An option of one subject before and after a change, as people type it; null = says nothing. */
export interface OptionChange {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What a subject says by itself, as people type it. */
export interface OptionEntry {
  readonly definition: ProductOptionDefinition;
  readonly text: string | null;
}

/** Reads and changes what the products' Amazon tabs say. */
export class ProductOptionService {
  readonly #db: Db;
  readonly #store: ProductOptionStore;
  readonly #clock: Clock;
  readonly #audit: Audit;
  readonly #onChange: OptionChangeListener;

  /** @param parts onChange marks what the option can change, in the transaction that changes it */
  constructor(parts: {
    readonly db: Db;
    readonly clock: Clock;
    readonly audit: Audit;
    readonly onChange: OptionChangeListener;
  }) {
    this.#db = parts.db;
    this.#store = new ProductOptionStore(parts.db);
    this.#clock = parts.clock;
    this.#audit = parts.audit;
    this.#onChange = parts.onChange;
  }

  /** Every option with what this very subject says, wider rows left out. */
  async get(subject: OptionSubject): Promise<readonly OptionEntry[]> {
    const row = await this.#store.find(subject);
    return productOptionDefinitions.map((definition) => ({ definition, text: textOf(row, definition) }));
  }

  /** What holds for an item on a marketplace, with the wider rows. */
  async resolve(subject: OptionSubject): Promise<ProductOptions> {
    const rows = await this.#store.ofProducts(subject.shopId, [subject.productId]);
    return resolveOptions(rows.get(subject.productId), subject.combinationId, subject.marketplaceId);
  }

  /** The rows of many products for `resolveOptions`, in one query. */
  ofProducts(shopId: number, productIds: readonly number[]): Promise<ReadonlyMap<number, readonly ProductOptionRow[]>> {
    return this.#store.ofProducts(shopId, productIds);
  }

  /**
   * Sets one option, or takes it back; a value that is there already changes and marks nothing.
   *
   * @param option text as people type it; null takes it back, so that the wider row decides again
   * @param actor whom the audit names
   * @throws UnknownProductOption, InvalidProductOption, ProductOptionPerAccount
   */
  async set(
    subject: OptionSubject,
    option: { readonly name: string; readonly text: string | null },
    actor: string,
  ): Promise<OptionChange> {
    const definition = definitionOf(option.name);
    if (definition.scope === 'account' && subject.marketplaceId !== 0)
      throw new ProductOptionPerAccount({ name: definition.name });
    const value = option.text === null ? null : parseOption(definition, option.text);
    return this.#db.transaction(async (transaction) => {
      const store = this.#store.on(transaction);
      const row = await store.find(subject);
      const change = { name: definition.name, before: textOf(row, definition), after: textOfValue(value) };
      if (change.before === change.after) return change;
      await store.write(subject, { field: definition.field, value }, this.#clock.nowMs());
      await this.#onChange(subject, transaction);
      const { name, before, after } = change;
      const details = { name, before, after };
      const action = after === null ? 'option-clear' : 'option-set';
      await this.#audit.record({ actor, action, subject: describe(subject), details }, transaction);
      return change;
    });
  }

  /** Takes back everything that a subject says; false when it said nothing. */
  async clear(subject: OptionSubject, actor: string): Promise<boolean> {
    return this.#db.transaction(async (transaction) => {
      const removed = await this.#store.on(transaction).remove(subject);
      if (!removed) return false;
      await this.#onChange(subject, transaction);
      const entry = { actor, action: 'option-clear', subject: describe(subject), details: { name: null } };
      await this.#audit.record(entry, transaction);
      return true;
    });
  }
}

/** As the audit names it; 0 = all combinations, all marketplaces. */
function describe({ shopId, productId, combinationId, marketplaceId }: OptionSubject): string {
  return `shop ${shopId}, product ${productId}, combination ${combinationId}, marketplace ${marketplaceId}`;
}

function definitionOf(name: string): ProductOptionDefinition {
  const definition = productOptionByName(name);
  if (definition === null) throw new UnknownProductOption({ name });
  return definition;
}

function parseOption(definition: ProductOptionDefinition, text: string): OptionValue {
  const { name, expected } = definition;
  const parsed = definition.schema.safeParse(text);
  if (!parsed.success) throw new InvalidProductOption({ name, expected, text });
  return parsed.data;
}

function textOf(row: ProductOptionRow | null, definition: ProductOptionDefinition): string | null {
  return row === null ? null : textOfValue(row[definition.field]);
}

function textOfValue(value: OptionValue | null): string | null {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === null ? null : String(value);
}
