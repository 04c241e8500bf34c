import { randomBytes } from 'node:crypto';
import type { Db } from '../../db/open-database.js';

/** A country in which a seller sells. */
export interface SimulatedMarketplace {
  /** Amazon's id, for example A13V1IB3VIYZZH. */
  readonly id: string;
  /** Two letters, UK for the United Kingdom. */
  readonly country: string;
  /** ISO 4217 */
  readonly currency: string;
}

/** Sellers of the simulated Amazon, with the key that signs their tokens and links. */
export class SellerStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Makes a seller unless it is there, and adds marketplaces that it lacks; nothing is ever taken away. */
  async register(sellerId: string, marketplaces: readonly SimulatedMarketplace[], nowMs: number): Promise<void> {
    const seller = { seller_id: sellerId, signing_key: randomBytes(32).toString('hex'), created_at_ms: nowMs };
    await this.#db('sim_seller').insert(seller).onConflict('seller_id').ignore();
    for (const { id, country, currency } of marketplaces)
      await this.#db('sim_marketplace')
        .insert({ seller_id: sellerId, marketplace_id: id, country, currency })
        .onConflict(['seller_id', 'marketplace_id'])
        .ignore();
  }

  /** The key that signs for a seller, or null when there is no such seller. */
  async signingKey(sellerId: string): Promise<string | null> {
    const row = await this.#db('sim_seller').where({ seller_id: sellerId }).first('signing_key');
    return row === undefined ? null : String(row.signing_key);
  }

  async marketplaces(sellerId: string): Promise<readonly SimulatedMarketplace[]> {
    const rows = await this.#db('sim_marketplace').where({ seller_id: sellerId }).orderBy('marketplace_id');
    return rows.map((row) => ({ id: row.marketplace_id, country: row.country, currency: row.currency }));
  }

  /** Those of some marketplaces in which a seller does not sell. */
  async notSoldIn(sellerId: string, marketplaceIds: readonly string[]): Promise<readonly string[]> {
    const known = (await this.marketplaces(sellerId)).map(({ id }) => id);
    return marketplaceIds.filter((id) => !known.includes(id));
  }

  /** The seller that a control call means: the one named, or the only one there is; null when that is not clear. */
  async named(sellerId: string | undefined): Promise<string | null> {
    const rows: { seller_id: string }[] = await this.#db('sim_seller')
      .modify((query) => (sellerId === undefined ? query : query.where({ seller_id: sellerId })))
      .limit(2)
      .select('seller_id');
    return rows.length === 1 ? (rows[0]?.seller_id ?? null) : null;
  }

  async isSeeded(sellerId: string): Promise<boolean> {
    const row = await this.#db('sim_seller').where({ seller_id: sellerId }).first('seeded_at_ms');
    return row !== undefined && row.seeded_at_ms !== null;
  }

  async markSeeded(sellerId: string, nowMs: number): Promise<void> {
    await this.#db('sim_seller').where({ seller_id: sellerId }).update({ seeded_at_ms: nowMs });
  }
}
