import type { Row } from '../../db/read-rows.js';
import type { CatalogueItem } from '../catalogue.js';
import type { BatchRows } from './batch-rows.js';
import { CombinationCursor } from './combination-cursor.js';
import { COMBINATION, COMBINATION_SHOP } from './combinations-reader.js';
import { PACK_STOCK } from './pack-stock.js';
import { ProductPrices, priceItemOf } from './product-prices.js';
import { type ProductRow, type ProductShopRow, productShopOf } from './products-reader.js';
import { dateOf, decimalOf, integerOf, textOf } from './read-cell.js';
import type { ReadPlan } from './read-plan.js';
import { STOCK, sellsWhenOut } from './stock-reader.js';
import { SUPPLIER_REFERENCE } from './suppliers-reader.js';

/** One product while its items are built. */
interface OpenProduct {
  readonly product: ProductRow;
  /** Null when this shop does not have the product. */
  readonly shop: ProductShopRow | null;
  readonly stock: CombinationCursor;
  readonly suppliers: CombinationCursor;
  readonly categoryIds: readonly number[];
  readonly manufacturerName: string;
  readonly sellsWhenOutOfStock: boolean;
}

/** A product that this shop does not have: the shop's own fields are those of a thing not sold. */
const NOT_IN_SHOP: ProductShopRow = {
  taxRulesGroupId: 0,
  price: 0n,
  ecotax: 0n,
  wholesalePrice: 0n,
  active: false,
  availableForOrder: false,
  visibility: 'none',
  condition: 'new',
  minimalQuantity: 1,
  availableDate: null,
  packStockType: PACK_STOCK.own,
};

/** Puts the items of one batch together from its rows, walking all tables side by side in key order. */
export class ItemBuilder {
  readonly #plan: ReadPlan;
  readonly #rows: BatchRows;
  readonly #prices: ProductPrices;
  readonly #sellsWhenOutByDefault: boolean;
  readonly #items: CatalogueItem[] = [];

  private constructor(plan: ReadPlan, rows: BatchRows) {
    this.#plan = plan;
    this.#rows = rows;
    this.#prices = new ProductPrices(plan, rows);
    this.#sellsWhenOutByDefault = plan.ground.configuration.flag('PS_ORDER_OUT_OF_STOCK');
  }

  /** @returns the items in (product, combination) order */
  static itemsOf(plan: ReadPlan, rows: BatchRows): readonly CatalogueItem[] {
    const builder = new ItemBuilder(plan, rows);
    for (const product of rows.page.products) builder.#addProduct(product);
    return builder.#items;
  }

  /** A product with combinations in this shop is sold only through them; one whose combinations are all elsewhere, by itself. */
  #addProduct(product: ProductRow): void {
    const open = this.#open(product);
    const combinations = this.#rows.combinations.rowsOf(product.id);
    const inShop = (row: Row) => open.shop !== null && this.#rows.combinationShops.has(integerOf(row[COMBINATION.id]));
    if (combinations.length === 0 || (open.shop !== null && !combinations.some(inShop))) this.#addSimple(open);
    for (const row of combinations) this.#addCombination(open, row);
  }

  #open(product: ProductRow): OpenProduct {
    const { productShops, stock, supplierReferences, categories, images } = this.#rows;
    const shopRow = productShops.firstOf(product.id);
    const shop = shopRow === undefined ? null : productShopOf(shopRow);
    const stockRows = stock.rowsOf(product.id);
    const productStock = stockRows[0]?.[STOCK.combination] === 0 ? stockRows[0] : undefined;
    images?.startProduct(product.id);
    this.#prices.startProduct(product.id, shop?.taxRulesGroupId ?? 0);
    return {
      product,
      shop,
      stock: new CombinationCursor(stockRows, STOCK.combination),
      suppliers: new CombinationCursor(supplierReferences.rowsOf(product.id), SUPPLIER_REFERENCE.combination),
      categoryIds: categories.rowsOf(product.id).map((row) => integerOf(row[1])),
      manufacturerName: this.#plan.manufacturers.get(product.manufacturerId) ?? '',
      sellsWhenOutOfStock: sellsWhenOut(productStock, this.#sellsWhenOutByDefault),
    };
  }

  #addSimple(open: OpenProduct): void {
    const { product } = open;
    const shop = open.shop ?? NOT_IN_SHOP;
    const quantity = integerOf(open.stock.at(0)?.[STOCK.quantity]);
    const amounts = priceItemOf(shop, undefined);
    this.#add(open, {
      combinationId: 0,
      inShop: open.shop !== null,
      codes: product,
      minimalQuantity: shop.minimalQuantity,
      stockQuantity: product.pack ? this.#rows.packs.quantityOf(product.id, shop.packStockType, quantity) : quantity,
      availableDate: shop.availableDate,
      cost: shop.wholesalePrice,
      prices: open.shop === null ? this.#prices.ofNotSold() : this.#prices.of(amounts, 0),
    });
  }

  #addCombination(open: OpenProduct, row: Row): void {
    const combinationId = integerOf(row[COMBINATION.id]);
    const own = open.shop === null ? undefined : this.#rows.combinationShops.get(combinationId);
    const shop = open.shop ?? NOT_IN_SHOP;
    const cost = decimalOf(own?.[COMBINATION_SHOP.wholesalePrice]);
    const amounts = priceItemOf(shop, own);
    this.#add(open, {
      combinationId,
      inShop: own !== undefined,
      codes: combinationCodes(row),
      minimalQuantity: own === undefined ? 1 : integerOf(own[COMBINATION_SHOP.minimalQuantity]),
      stockQuantity: integerOf(open.stock.at(combinationId)?.[STOCK.quantity]),
      availableDate: dateOf(own?.[COMBINATION_SHOP.availableDate]),
      cost: cost === 0n ? shop.wholesalePrice : cost,
      prices: own === undefined ? this.#prices.ofNotSold() : this.#prices.of(amounts, combinationId),
    });
  }

  #add(open: OpenProduct, item: ItemFields): void {
    const { product } = open;
    const shop = item.inShop && open.shop !== null ? open.shop : NOT_IN_SHOP;
    this.#items.push({
      productId: product.id,
      combinationId: item.combinationId,
      reference: item.codes.reference,
      supplierReference: textOf(open.suppliers.at(item.combinationId)?.[SUPPLIER_REFERENCE.reference]),
      ean13: item.codes.ean13,
      upc: item.codes.upc,
      mpn: item.codes.mpn,
      inShop: item.inShop,
      draft: product.draft,
      active: shop.active,
      availableForOrder: shop.availableForOrder,
      virtual: product.virtual,
      visibility: shop.visibility,
      condition: shop.condition,
      minimalQuantity: item.minimalQuantity,
      manufacturerId: product.manufacturerId,
      manufacturerName: open.manufacturerName,
      supplierId: product.supplierId,
      categoryIds: open.categoryIds,
      stockQuantity: item.inShop ? item.stockQuantity : 0,
      sellsWhenOutOfStock: item.inShop && open.sellsWhenOutOfStock,
      availableDate: item.availableDate,
      cost: item.inShop && item.cost > 0n ? item.cost : null,
      prices: item.prices,
      texts: this.#rows.texts?.of(product.id, item.combinationId) ?? null,
      imageUrls: this.#rows.images?.of(item.combinationId) ?? null,
    });
  }
}

type ItemCodes = Pick<CatalogueItem, 'reference' | 'ean13' | 'upc' | 'mpn'>;

/** What differs between the items of one product. */
interface ItemFields
  extends Pick<
    CatalogueItem,
    'combinationId' | 'inShop' | 'minimalQuantity' | 'stockQuantity' | 'availableDate' | 'prices'
  > {
  readonly codes: ItemCodes;
  readonly cost: bigint;
}

/** A combination's codes are its own: an empty one is empty, never the product's. */
function combinationCodes(row: Row): ItemCodes {
  return {
    reference: textOf(row[COMBINATION.reference]),
    ean13: textOf(row[COMBINATION.ean13]),
    upc: textOf(row[COMBINATION.upc]),
    mpn: textOf(row[COMBINATION.mpn]),
  };
}
