import { dialectOf } from '../../db/dialect.js';
import type { Db } from '../../db/open-database.js';
import type { Offer } from './listing.js';
import { inSlices } from './row.js';

/** An instant at which a sale of a SKU begins or ends, so that a buyer pays another price without anybody writing one. */
export interface SaleEdge {
  readonly sku: string;
  readonly atMs: number;
}

/** The edges of an offer's sale that are still to come. */
export function saleEdgesOf({ sku, terms }: Offer, nowMs: number): readonly SaleEdge[] {
  if (terms.salePrice === null) return [];
  return [terms.saleStartMs, terms.saleEndMs].flatMap((atMs) =>
    atMs === null || atMs <= nowMs ? [] : [{ sku, atMs }],
  );
}

/** Edges that nobody has looked at yet. One whose sale was changed meanwhile stays and changes no price. */
export class SaleEdgeStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async add(sellerId: string, edges: readonly SaleEdge[]): Promise<void> {
    const rows = edges.map(({ sku, atMs }) => ({ seller_id: sellerId, sku, at_ms: atMs }));
    for (const slice of inSlices(rows, Math.min(500, dialectOf(this.#db).rowsPerInsert)))
      await this.#db('sim_sale_edge').insert(slice).onConflict(['seller_id', 'sku', 'at_ms']).ignore();
  }

  /** The earliest edge of all sellers, or null. */
  async earliest(): Promise<{ readonly sellerId: string; readonly atMs: number } | null> {
    const row = await this.#db('sim_sale_edge').orderBy('at_ms').first('seller_id', 'at_ms');
    return row === undefined ? null : { sellerId: String(row.seller_id), atMs: Number(row.at_ms) };
  }

  /** At most `limit` SKUs of a seller with an edge at that instant. */
  async skus(sellerId: string, atMs: number, limit: number): Promise<readonly string[]> {
    const rows = await this.#db('sim_sale_edge')
      .where({ seller_id: sellerId, at_ms: atMs })
      .orderBy('sku')
      .limit(limit)
      .select('sku');
    return rows.map((row) => String(row.sku));
  }

  async remove(sellerId: string, atMs: number, skus: readonly string[]): Promise<void> {
    await this.#db('sim_sale_edge')
      .where({ seller_id: sellerId, at_ms: atMs })
      .whereIn('sku', [...skus])
      .delete();
  }
}
