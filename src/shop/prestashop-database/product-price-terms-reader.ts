import type { ExactPrice } from '../../core/money.js';
import type { BatchReading } from './batch-reading.js';
import { decimalOf, integerOf, textOf } from './read-cell.js';
import type { TableRead } from './read-tables.js';

/** Reads which products of the batch rank their specific prices by priorities of their own, by product; usually none. */
export function readPricePriorities({ table, products }: BatchReading): TableRead<ReadonlyMap<number, string>> {
  return {
    sql: `SELECT id_product, priority FROM ${table('specific_price_priority')} WHERE ${products.where('id_product')}
      ORDER BY id_specific_price_priority`,
    of: (rows) => new Map(rows.map(([id, priority]) => [integerOf(id), textOf(priority)])),
  };
}

/** By product, then customer group: the fraction that replaces the group's own reduction. */
export type ProductGroupReductions = ReadonlyMap<number, ReadonlyMap<number, ExactPrice>>;

/**
 * Reads the reductions that a category gives to a customer group, per product.
 *
 * @param groupIds the groups of the asked views; with none nothing is found
 */
export function readProductGroupReductions(
  { table, products }: BatchReading,
  groupIds: readonly number[],
): TableRead<ProductGroupReductions> {
  return {
    sql: `SELECT id_product, id_group, reduction FROM ${table('product_group_reduction_cache')}
      WHERE ${products.where('id_product')} AND id_group IN (${[-1, ...groupIds].join(', ')})`,
    of: (rows) => {
      const byProduct = new Map<number, Map<number, ExactPrice>>();
      for (const [product, group, reduction] of rows) {
        const byGroup = byProduct.get(integerOf(product)) ?? new Map<number, ExactPrice>();
        byProduct.set(integerOf(product), byGroup.set(integerOf(group), decimalOf(reduction)));
      }
      return byProduct;
    },
  };
}
