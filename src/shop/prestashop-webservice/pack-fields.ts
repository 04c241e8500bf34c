import type { WebserviceRecord } from './webservice-record.js';

/** What a pack holds of one thing. */
export interface PackContent {
  readonly productId: number;
  readonly combinationId: number;
  /** Pieces of it in one pack. */
  readonly quantity: number;
}

/** What is read of a product that is a pack or in one. */
export interface PackMember {
  readonly id: number;
  readonly pack: boolean;
  /** As ps_product_shop has it. */
  readonly packStockType: number;
  readonly components: readonly PackContent[];
}

/** The fields by which packs are told. */
export function packDisplay(withCombination: boolean): readonly string[] {
  return [
    'cache_is_pack',
    'pack_stock_type',
    withCombination ? 'product_bundle[id,id_product_attribute,quantity]' : 'product_bundle[id,quantity]',
  ];
}

export function packMemberOf(row: WebserviceRecord, withCombination: boolean): PackMember {
  return {
    id: row.id,
    pack: row.flag('cache_is_pack'),
    packStockType: row.integer('pack_stock_type'),
    components: packComponentsOf(row, withCombination),
  };
}

/** What a pack is made of, as its record says. */
export function packComponentsOf(row: WebserviceRecord, withCombination: boolean): readonly PackContent[] {
  return row.associated('product_bundle').map((component) => ({
    productId: component.id,
    combinationId: withCombination ? component.integer('id_product_attribute') : 0,
    quantity: component.integer('quantity'),
  }));
}
