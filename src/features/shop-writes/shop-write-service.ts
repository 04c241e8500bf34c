import type { Catalogue } from '../../shop/catalogue.js';
import type { ItemCodes, ItemKey, ShopWriter, StockPlace } from '../../shop/shop-writer.js';
import type { SettingSource } from '../settings/loaded-settings.js';
import type { Audit, AuditDetails } from '../users/audit.js';
import type { ReferenceLine } from './references-file.js';
import {
  ReferencesFaulty,
  ShopWriteAddressMissing,
  ShopWritesOff,
  StockIsSum,
  StockRowMissing,
} from './shop-write-errors.js';

export interface ShopWriteParts {
  readonly settings: Pick<SettingSource, 'load'>;
  readonly audit: Audit;
  /** Opens the shop's Webservice for writing; null where the configuration names none. */
  readonly openWriter: (() => ShopWriter) | null;
  readonly catalogue: (shopId: number) => Pick<Catalogue, 'holdersOf'>;
}

/** Codes of one item as they are and as they are to be. */
export interface PlannedCodes extends ItemKey {
  readonly before: ItemCodes;
  /** Only what differs. */
  readonly changes: Partial<ItemCodes>;
}

/** What became of a planned write. `changed`: the shop had something else than was planned for, so nothing was written. */
export interface WrittenCodes extends PlannedCodes {
  readonly status: 'written' | 'changed';
}

export interface PlannedStock extends ItemKey {
  readonly shopId: number;
  readonly place: StockPlace;
  readonly quantity: number;
}

/**
 * Writes to the shop for people: references and stock, by its Webservice only, and only where the setting `shop-writes` is on.
 *
 * Every write stands in the audit log twice: before it is done, with what was and what is to be, and after it was read back. A
 * first line without a second is a write that was cut short; repeating it is safe, since it says what is to be, not by how much
 * to change.
 */
export class ShopWriteService {
  readonly #parts: ShopWriteParts;

  constructor(parts: ShopWriteParts) {
    this.#parts = parts;
  }

  /**
   * Says what a file of references would change; reads only.
   *
   * @throws ReferencesFaulty for items that the shop does not have, and for codes that another item has
   */
  planCodes(shopId: number, lines: readonly ReferenceLine[]): Promise<readonly PlannedCodes[]> {
    return this.#withWriter(async (writer) => {
      const faults: string[] = [];
      const planned: PlannedCodes[] = [];
      for (const line of lines) {
        const before = await writer.codesOf(shopId, line);
        if (before === null)
          faults.push(`Line ${line.line}: the shop has no item ${itemName(line)} in shop ${shopId}.`);
        else planned.push({ ...keyOf(line), before, changes: differences(before, line.codes) });
      }
      faults.push(...(await this.#collisions(shopId, lines)));
      if (faults.length > 0) throw new ReferencesFaulty({ faults });
      return planned.filter(({ changes }) => Object.keys(changes).length > 0);
    });
  }

  /** Writes what was planned, item by item; stops at the first that the shop does not take. */
  async *writeCodes(shopId: number, planned: readonly PlannedCodes[], actor: string): AsyncGenerator<WrittenCodes> {
    const writer = await this.#open();
    try {
      for (const plan of planned) {
        const now = await writer.codesOf(shopId, plan);
        if (now === null || Object.keys(differences(now, plan.before)).length > 0) {
          yield { ...plan, status: 'changed' };
          continue;
        }
        const details = { ...named('before', plan.before), ...named('after', plan.changes) };
        const work = () => writer.writeCodes(shopId, plan, plan.changes);
        await this.#audited({ actor, action: 'shop-codes', subject: subjectOf(shopId, plan), details }, work);
        yield { ...plan, status: 'written' };
      }
    } finally {
      writer.close();
    }
  }

  /**
   * Says what setting the stock of an item would change; reads only.
   *
   * @throws StockRowMissing, StockIsSum, StockManagedElsewhere
   */
  planStock(shopId: number, item: ItemKey, quantity: number): Promise<PlannedStock> {
    return this.#withWriter(async (writer) => {
      if (item.combinationId === 0 && (await writer.hasCombinations(shopId, item.productId)))
        throw new StockIsSum({ productId: item.productId });
      const place = await writer.stockOf(shopId, item);
      if (place === null) throw new StockRowMissing({ shopId, ...keyOf(item) });
      return { shopId, ...keyOf(item), place, quantity };
    });
  }

  /** @returns the quantity that the shop says afterwards */
  writeStock({ shopId, place, quantity, ...item }: PlannedStock, actor: string): Promise<number> {
    return this.#withWriter(async (writer) => {
      const details = { row: place.rowId, before: place.quantity, after: quantity };
      const subject = subjectOf(shopId, item);
      const work = () => writer.writeQuantity(shopId, place, quantity);
      return (await this.#audited({ actor, action: 'shop-stock', subject, details }, work)).quantity;
    });
  }

  /** Written down before it is done, so that one that was cut short is known. */
  async #audited<T>(
    { actor, action, subject, details }: { actor: string; action: string; subject: string; details: AuditDetails },
    work: () => Promise<T>,
  ): Promise<T> {
    const { audit } = this.#parts;
    await audit.record({ actor, action: `${action}-begun`, subject, details });
    try {
      const result = await work();
      await audit.record({ actor, action: `${action}-written`, subject, details });
      return result;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await audit.record({ actor, action: `${action}-failed`, subject, details: { ...details, reason } });
      throw error;
    }
  }

  /** Codes of the file that an item has which the file does not give another one. */
  async #collisions(shopId: number, lines: readonly ReferenceLine[]): Promise<readonly string[]> {
    const faults: string[] = [];
    for (const field of ['reference', 'ean13'] as const) {
      const wanted = new Map(
        lines.flatMap((line) => (line.codes[field] === undefined ? [] : [[line.codes[field], line]])),
      );
      const changed = new Set(lines.filter(({ codes }) => codes[field] !== undefined).map(itemName));
      for (const holder of await this.#holders(shopId, field, [...wanted.keys()])) {
        const line = wanted.get(holder.sku);
        if (line === undefined || itemName(holder) === itemName(line) || changed.has(itemName(holder))) continue;
        faults.push(
          `Line ${line.line}: ${JSON.stringify(holder.sku)} is the ${field} of item ${itemName(holder)} already.`,
        );
      }
    }
    return faults;
  }

  async #holders(shopId: number, field: 'reference' | 'ean13', texts: readonly string[]) {
    const found = [];
    for (let start = 0; start < texts.length; start += MOST_TEXTS)
      found.push(...(await this.#parts.catalogue(shopId).holdersOf(field, texts.slice(start, start + MOST_TEXTS))));
    return found;
  }

  async #withWriter<T>(work: (writer: ShopWriter) => Promise<T>): Promise<T> {
    const writer = await this.#open();
    try {
      return await work(writer);
    } finally {
      writer.close();
    }
  }

  async #open(): Promise<ShopWriter> {
    const { settings, openWriter } = this.#parts;
    const isOn = (await settings.load()).get('shop-writes', { kind: 'global' });
    if (!isOn) throw new ShopWritesOff({});
    if (openWriter === null) throw new ShopWriteAddressMissing({});
    return openWriter();
  }
}

/** As many as `holdersOf` takes at once. */
const MOST_TEXTS = 2_000;

function keyOf({ productId, combinationId }: ItemKey): ItemKey {
  return { productId, combinationId };
}

function itemName({ productId, combinationId }: ItemKey): string {
  return combinationId === 0 ? String(productId) : `${productId}-${combinationId}`;
}

function subjectOf(shopId: number, item: ItemKey): string {
  return `item ${itemName(item)} of shop ${shopId}`;
}

/** Those of the wanted codes that are not so yet. */
function differences(now: ItemCodes, wanted: Partial<ItemCodes>): Partial<ItemCodes> {
  const entries = Object.entries(wanted).filter(([name, value]) => now[name as keyof ItemCodes] !== value);
  return Object.fromEntries(entries);
}

function named(prefix: string, codes: Partial<ItemCodes>): AuditDetails {
  return Object.fromEntries(Object.entries(codes).map(([name, value]) => [`${prefix}-${name}`, value]));
}
