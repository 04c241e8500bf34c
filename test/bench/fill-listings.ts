import type { Connection } from 'mysql2/promise';

/** Whose listings are filled, and from which databases. */
export interface ListingScope {
  readonly shop: string;
  readonly bridge: string;
  readonly accountId: number;
  readonly marketplaceId: number;
  /**
   * What Amazon has: `vanished` = every item was offered, priced and stocked once and is there no more, so that an export that may create
   * has all three parts of it to send; `listed` = every item is there with another stock and without a price, so that a sync has both to send.
   */
  readonly state: 'vanished' | 'listed';
}

/** Of a past summer. */
const AT_MS = 1_785_000_000_000;

/** Fills the listing tables with every item of the shop, by values that all differ from today's. */
export async function fillListings(connection: Connection, scope: ListingScope): Promise<void> {
  const { shop, bridge, accountId, marketplaceId, state } = scope;
  const isListed = state === 'listed';
  const listings = `${bridge}.pool_listing`;
  const insertPart = (marketplace: number, part: string, value: string) =>
    `INSERT INTO ${bridge}.part (pool_listing_id, marketplace_id, part, state, desired_value, submitted_value, submitted_feed_id,
       submitted_revision, submitted_at_ms, accepted_value, accepted_at_ms, effective_value, effective_at_ms, tries)
     SELECT id, ${marketplace}, '${part}', 'accepted', ${value}, ${value}, NULL, 1, ${AT_MS}, ${value}, ${AT_MS}, NULL, NULL, 0
     FROM ${listings} ORDER BY id`;
  for (const statement of [
    `INSERT INTO ${listings} (account_id, sku, shop_id, product_id, combination_id, channel, created_at_ms)
     SELECT ${accountId}, reference, 1, product, combination, 'DEFAULT', ${AT_MS} FROM (
       SELECT id_product AS product, 0 AS combination, reference FROM ${shop}.ps_product WHERE id_product % 5 NOT IN (1, 3)
       UNION ALL SELECT id_product, id_product_attribute, reference FROM ${shop}.ps_product_attribute) items
     ORDER BY product, combination`,
    `INSERT INTO ${bridge}.listing (pool_listing_id, marketplace_id, at_amazon, create_intent, asin, status, read_at_ms)
     SELECT id, ${marketplaceId}, ${isListed ? '1, 0' : '0, 1'}, '', '', ${AT_MS} FROM ${listings} ORDER BY id`,
    insertPart(0, 'quantity', 'CONCAT(500 + id % 100)'),
    ...(isListed
      ? []
      : [
          insertPart(marketplaceId, 'offer', "CONCAT('EAN:5', LPAD(id, 12, '0'), '|New')"),
          insertPart(marketplaceId, 'price', "CONCAT(1000 + id % 900, '.99|EUR')"),
        ]),
    `UPDATE ${bridge}.account SET listings_read_at_ms = ${AT_MS} WHERE id = ${accountId}`,
  ])
    await connection.query(statement);
  await connection.query(`ANALYZE TABLE ${listings}, ${bridge}.listing, ${bridge}.part`);
}
