import { dialectOf } from '../../db/dialect.js';
import type { Db } from '../../db/open-database.js';
import { takeTurn } from '../../db/take-turn.js';
import { LISTINGS_TURN, POOL } from './listing.js';

/** One SKU as Amazon shows it on one marketplace. */
export interface ReadListing {
  readonly sku: string;
  readonly asin: string;
  readonly status: string;
  readonly channel: string;
  /** Canonical price value, or null when Amazon shows none. */
  readonly price: string | null;
  /** Canonical quantity value; null for what Amazon fulfils. */
  readonly quantity: string | null;
}

export interface ReadingScope {
  readonly accountId: number;
  readonly marketplaceId: number;
  readonly atMs: number;
}

/** Writes what a reading of Amazon found: *effective* values, and SKUs that we did not know. */
export class ReadingStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Writes some hundred rows in one transaction; a SKU never seen becomes an orphan until an item of the shop carries it. */
  async write(rows: readonly ReadListing[], scope: ReadingScope): Promise<void> {
    await this.#db.transaction(async (transaction) => {
      await takeTurn(transaction, LISTINGS_TURN);
      const ids = await this.#poolRows(transaction, rows, scope);
      const listings = rows.map((row) => ({
        pool_listing_id: idOf(row.sku, ids),
        marketplace_id: scope.marketplaceId,
        at_amazon: 1,
        create_intent: 0,
        asin: row.asin,
        status: row.status,
        read_at_ms: scope.atMs,
      }));
      await transaction('listing').insert(listings).onConflict(['pool_listing_id', 'marketplace_id']).merge();
      const parts = rows.flatMap((row) => effectiveParts(row, idOf(row.sku, ids), scope));
      if (parts.length === 0) return;
      await this.#recordChanges(transaction, parts, scope);
      await transaction('part')
        .insert(parts)
        .onConflict(['pool_listing_id', 'marketplace_id', 'part'])
        .merge(['effective_value', 'effective_at_ms']);
    });
  }

  /** Keeps what Amazon showed before, where it shows something else now; the first sight of a value is no change. */
  async #recordChanges(transaction: Db, parts: readonly EffectivePart[], scope: ReadingScope): Promise<void> {
    const known: (EffectivePart & { sku: string })[] = await transaction('part')
      .join('pool_listing', 'pool_listing.id', 'part.pool_listing_id')
      .whereIn('part.marketplace_id', [POOL, scope.marketplaceId])
      .whereIn('part.pool_listing_id', [...new Set(parts.map((part) => part.pool_listing_id))])
      .whereNotNull('part.effective_value')
      .select('pool_listing_id', 'marketplace_id', 'part', 'effective_value', 'sku');
    const before = new Map(known.map((row) => [keyOf(row), row]));
    const changes = parts.flatMap((part) => {
      const was = before.get(keyOf(part));
      if (was === undefined || was.effective_value === part.effective_value) return [];
      const { marketplace_id, part: name, effective_value: value } = part;
      const place = { account_id: scope.accountId, marketplace_id, sku: was.sku, part: name };
      return [{ ...place, event: 'read', value, value_before: was.effective_value, at_ms: scope.atMs }];
    });
    if (changes.length > 0) await transaction('history').insert(changes);
  }

  /** How many rows fit into one call of `write`. */
  get rowsPerWrite(): number {
    return Math.floor(dialectOf(this.#db).rowsPerInsert / 2);
  }

  async #poolRows(
    transaction: Db,
    rows: readonly ReadListing[],
    scope: ReadingScope,
  ): Promise<ReadonlyMap<string, number>> {
    const pools = rows.map((row) => ({
      account_id: scope.accountId,
      sku: row.sku,
      shop_id: 0,
      product_id: 0,
      combination_id: 0,
      channel: row.channel,
      created_at_ms: scope.atMs,
    }));
    await transaction('pool_listing').insert(pools).onConflict(['account_id', 'sku']).merge(['channel']);
    const known: { id: number; sku: string }[] = await transaction('pool_listing')
      .where({ account_id: scope.accountId })
      .whereIn(
        'sku',
        rows.map((row) => row.sku),
      )
      .select('id', 'sku');
    return new Map(known.map((row) => [row.sku, row.id]));
  }
}

function idOf(sku: string, ids: ReadonlyMap<string, number>): number {
  const id = ids.get(sku);
  if (id === undefined) throw new Error(`Expected a row for the SKU ${JSON.stringify(sku)} just written, found none.`);
  return id;
}

interface EffectivePart {
  readonly pool_listing_id: number;
  readonly marketplace_id: number;
  readonly part: string;
  readonly effective_value: string;
}

function keyOf({ pool_listing_id, marketplace_id, part }: EffectivePart): string {
  return `${pool_listing_id}/${marketplace_id}/${part}`;
}

function effectiveParts(row: ReadListing, poolListingId: number, scope: ReadingScope): readonly EffectivePart[] {
  const part = (marketplaceId: number, name: string, value: string) => ({
    pool_listing_id: poolListingId,
    marketplace_id: marketplaceId,
    part: name,
    state: 'none',
    effective_value: value,
    effective_at_ms: scope.atMs,
    tries: 0,
  });
  return [
    ...(row.price === null ? [] : [part(scope.marketplaceId, 'price', row.price)]),
    ...(row.quantity === null ? [] : [part(POOL, 'quantity', row.quantity)]),
  ];
}
