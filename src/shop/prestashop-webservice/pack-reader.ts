import type { Row } from '../../db/read-rows.js';
import { PACK_STOCK, type PackComponent, PackStock } from '../prestashop-database/pack-stock.js';
import type { ShopGround } from '../prestashop-database/shop-ground.js';
import type { WebserviceReading } from './ground-reader.js';
import { alternatives, readByIds } from './list-records.js';
import { type PackContent, type PackMember, packDisplay, packMemberOf } from './pack-fields.js';
import { readStockRows } from './stock-rows.js';

/** The packs of some products, ready to be counted, and the rows that enter their stock digests. */
export interface PackReading {
  readonly stock: PackStock;
  /** Pack, what holds the component, product, combination, quantity. */
  readonly digestRows: readonly Row[];
}

/** Packs in packs, which PrestaShop's own pages cannot make, are looked into so deep; what lies deeper counts as missing. */
const MOST_LEVELS = 3;

/**
 * Reads what the packs among some products are made of, and what of it is in stock: two more calls and a half for each level
 * of packs, none where there is no pack. A component that this shop does not list is missing, so that its pack is not sold.
 */
export async function readPacks(
  reading: WebserviceReading,
  ground: ShopGround,
  products: readonly PackMember[],
): Promise<PackReading> {
  const stock = new PackStock(ground.configuration.integer('PS_PACK_STOCK_TYPE', PACK_STOCK.own));
  const digestRows: Row[] = [];
  let level = products.filter(({ pack, components }) => pack && components.length > 0);
  /** For each pack of a level, the outermost packs that it is in. */
  let tops = new Map(level.map(({ id }) => [id, [id]]));
  for (let depth = 1; level.length > 0 && depth <= MOST_LEVELS; depth += 1) {
    const { members, quantities } = await readMembers(reading, ground, level);
    const next = new Map<number, number[]>();
    for (const pack of level)
      stock.add(
        pack.components.map((component) => {
          const found = componentOf(pack.id, component, { members, quantities });
          const { productId, combinationId } = component;
          for (const top of tops.get(pack.id) ?? []) {
            digestRows.push([top, pack.id, productId, combinationId, found.stock]);
            if (found.packStockType !== null) next.set(productId, [...(next.get(productId) ?? []), top]);
          }
          return found;
        }),
      );
    const missing = new Set(stock.missingPacks());
    stock.addEmpty([...missing].filter((id) => members.get(id)?.components.length === 0));
    level = [...members.values()].filter(({ id, components }) => missing.has(id) && components.length > 0);
    tops = next;
  }
  return { stock, digestRows };
}

interface Found {
  readonly members: ReadonlyMap<number, PackMember>;
  /** By "product-combination". */
  readonly quantities: ReadonlyMap<string, number>;
}

async function readMembers(
  reading: WebserviceReading,
  ground: ShopGround,
  packs: readonly PackMember[],
): Promise<Found> {
  const { client, shopId, fields } = reading;
  const ids = [...new Set(packs.flatMap(({ components }) => components.map(({ productId }) => productId)))];
  const request = { resource: 'products', shopId, display: packDisplay(fields.packCombination) };
  const rows = await readByIds(client, request, ids);
  const stock = await readStockRows(client, ground.identity, alternatives(ids));
  return {
    members: new Map(rows.map((row) => [row.id, packMemberOf(row, fields.packCombination)])),
    quantities: new Map(
      stock.map(([product, combination, quantity]) => [`${product}-${combination}`, Number(quantity)]),
    ),
  };
}

function componentOf(packId: number, component: PackContent, found: Found): PackComponent {
  const { productId, combinationId, quantity } = component;
  const member = found.members.get(productId);
  return {
    packId,
    productId,
    needed: Math.max(quantity, 1),
    stock: member === undefined ? 0 : (found.quantities.get(`${productId}-${combinationId}`) ?? 0),
    packStockType: member?.pack === true && combinationId === 0 ? member.packStockType : null,
  };
}
