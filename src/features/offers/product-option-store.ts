import type { Db } from '../../db/open-database.js';
import type { OptionField, OptionSubject, OptionValue, OptionValues, ProductOptionRow } from './product-option.js';

type TableRow = Readonly<Record<string, string | number | null>>;

/** SQLite binds 32,766 values in one statement. */
const PRODUCTS_PER_QUERY = 10_000;
const KEYS = ['shop_id', 'product_id', 'combination_id', 'marketplace_id'];

const columns: Readonly<Record<OptionField, string>> = {
  disabled: 'disabled',
  forceInStock: 'force_in_stock',
  noPrice: 'no_price',
  noQuantity: 'no_quantity',
  asin: 'asin',
  priceOverride: 'price_override',
  bullet1: 'bullet_1',
  bullet2: 'bullet_2',
  bullet3: 'bullet_3',
  bullet4: 'bullet_4',
  bullet5: 'bullet_5',
  conditionNote: 'condition_note',
  title: 'title',
  description: 'description',
  browseNode: 'browse_node',
  handlingTimeDays: 'handling_time_days',
  giftWrap: 'gift_wrap',
  giftMessage: 'gift_message',
  shippingTemplate: 'shipping_template',
  shippingOverride: 'shipping_override',
  amazonFulfilled: 'amazon_fulfilled',
  amazonFulfilledSupplement: 'amazon_fulfilled_supplement',
};

/** The table `product_option`: what the products' Amazon tabs say. */
export class ProductOptionStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  on(transaction: Db): ProductOptionStore {
    return new ProductOptionStore(transaction);
  }

  async find(subject: OptionSubject): Promise<ProductOptionRow | null> {
    const row = await this.#db('product_option').where(keysOf(subject)).first();
    return row === undefined ? null : toRow(row);
  }

  /**
   * The rows of many products in one query (one per 10,000 products), in the order of their keys.
   *
   * @returns by product; a product without rows is missing
   */
  async ofProducts(
    shopId: number,
    productIds: readonly number[],
  ): Promise<ReadonlyMap<number, readonly ProductOptionRow[]>> {
    const byProduct = new Map<number, ProductOptionRow[]>();
    for (let start = 0; start < productIds.length; start += PRODUCTS_PER_QUERY) {
      const rows: TableRow[] = await this.#db('product_option')
        .where({ shop_id: shopId })
        .whereIn('product_id', productIds.slice(start, start + PRODUCTS_PER_QUERY))
        .orderBy(KEYS);
      for (const row of rows.map(toRow)) {
        const group = byProduct.get(row.productId);
        if (group) group.push(row);
        else byProduct.set(row.productId, [row]);
      }
    }
    return byProduct;
  }

  /** Writes one option and leaves the others of its row alone; null takes it back, and a row that says nothing goes. */
  async write(
    subject: OptionSubject,
    change: { readonly field: OptionField; readonly value: OptionValue | null },
    nowMs: number,
  ): Promise<void> {
    const column = columns[change.field];
    const value = typeof change.value === 'boolean' ? Number(change.value) : change.value;
    await this.#db('product_option')
      .insert({ ...keysOf(subject), [column]: value, changed_at_ms: nowMs })
      .onConflict(KEYS)
      .merge([column, 'changed_at_ms']);
    if (value !== null) return;
    const silent = this.#db('product_option').where(keysOf(subject));
    for (const name of Object.values(columns)) silent.whereNull(name);
    await silent.delete();
  }

  /** Takes back everything that a row says; false when there was none. */
  async remove(subject: OptionSubject): Promise<boolean> {
    return (await this.#db('product_option').where(keysOf(subject)).delete()) > 0;
  }
}

function keysOf(subject: OptionSubject): Record<string, number> {
  return {
    shop_id: subject.shopId,
    product_id: subject.productId,
    combination_id: subject.combinationId,
    marketplace_id: subject.marketplaceId,
  };
}

function toRow(row: TableRow): ProductOptionRow {
  const read = reader(row);
  const values: OptionValues = {
    disabled: read.flag('disabled'),
    forceInStock: read.flag('forceInStock'),
    noPrice: read.flag('noPrice'),
    noQuantity: read.flag('noQuantity'),
    asin: read.text('asin'),
    priceOverride: read.text('priceOverride'),
    bullet1: read.text('bullet1'),
    bullet2: read.text('bullet2'),
    bullet3: read.text('bullet3'),
    bullet4: read.text('bullet4'),
    bullet5: read.text('bullet5'),
    conditionNote: read.text('conditionNote'),
    title: read.text('title'),
    description: read.text('description'),
    browseNode: read.text('browseNode'),
    handlingTimeDays: read.number('handlingTimeDays'),
    giftWrap: read.flag('giftWrap'),
    giftMessage: read.flag('giftMessage'),
    shippingTemplate: read.text('shippingTemplate'),
    shippingOverride: read.text('shippingOverride'),
    amazonFulfilled: read.flag('amazonFulfilled'),
    amazonFulfilledSupplement: read.text('amazonFulfilledSupplement'),
  };
  return {
    shopId: Number(row.shop_id),
    productId: Number(row.product_id),
    combinationId: Number(row.combination_id),
    marketplaceId: Number(row.marketplace_id),
    ...values,
    changedAtMs: Number(row.changed_at_ms),
  };
}

function reader(row: TableRow) {
  const value = (field: OptionField) => row[columns[field]] ?? null;
  return {
    flag: (field: OptionField) => (value(field) === null ? null : Number(value(field)) === 1),
    number: (field: OptionField) => (value(field) === null ? null : Number(value(field))),
    text: (field: OptionField) => (value(field) === null ? null : String(value(field))),
  };
}
