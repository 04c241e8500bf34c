import type { Db } from '../../src/db/open-database.js';
import type { DemoEdits } from '../../src/shop/demo-shop/demo-edits.js';

/** An item of the demo shop whose price is its own and a tax, nothing else. */
export interface PlainItem {
  readonly productId: number;
  /** 0 = a product without combinations. */
  readonly combinationId: number;
  readonly sku: string;
}

/** What Amazon should have of a SKU by the shop's own tables; prices by country, tax included. */
export interface WantedOffer {
  readonly sku: string;
  readonly quantity: number;
  readonly prices: Readonly<Record<string, string>>;
}

/** Finds the items without sales and exceptions whose SKU Amazon has: of them anybody can say what is right. */
export async function plainItems(shop: Db, listedSkus: ReadonlySet<string>): Promise<readonly PlainItem[]> {
  const items: PlainItem[] = await shop('ps_product as p')
    .join('ps_product_shop as s', 's.id_product', 'p.id_product')
    .leftJoin('ps_product_attribute as c', 'c.id_product', 'p.id_product')
    .where({ 's.id_shop': 1, 's.active': 1, 's.available_for_order': 1, 's.id_tax_rules_group': 1 })
    .where({ 's.minimal_quantity': 1, 'p.is_virtual': 0, 's.condition': 'new', 's.ecotax': '0.000000' })
    .whereNotExists(shop('ps_specific_price as x').whereRaw('x.id_product = p.id_product').select(shop.raw('1')))
    .whereExists(shop('ps_stock_available as x').whereRaw('x.id_product = p.id_product').select(shop.raw('1')))
    .orderBy(['p.id_product', 'c.id_product_attribute'])
    .select({
      productId: 'p.id_product',
      combinationId: shop.raw('coalesce(c.id_product_attribute, 0)'),
      sku: shop.raw('coalesce(c.reference, p.reference)'),
    });
  return items.filter((one) => listedSkus.has(one.sku));
}

/**
 * Changes some of the items as people do: stock (also to 0 and back), prices, off sale and back.
 *
 * @param below draws a whole number from 0 up to that limit, which it never reaches
 */
export async function changeShop(
  items: readonly PlainItem[],
  edits: DemoEdits,
  below: (limit: number) => number,
): Promise<void> {
  for (let changes = 1 + below(6); changes > 0; changes -= 1) {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('Expected at least one item to change.');
    const { productId, combinationId } = item;
    const what = below(10);
    if (what < 4) await edits.setStock(productId, combinationId, below(3) === 0 ? 0 : below(200));
    else if (what < 8) await edits.setPrice(productId, `${5 + below(90)}.${String(below(100)).padStart(2, '0')}`);
    else await edits.setActive(productId, below(2) === 0);
  }
}

/** Reads from the shop's tables alone what Amazon should have. */
export async function wantedOffers(
  items: readonly PlainItem[],
  rates: Readonly<Record<string, bigint>>,
  shop: Db,
): Promise<readonly WantedOffer[]> {
  const products: { id: number; price: string; active: number }[] = await shop('ps_product_shop')
    .where({ id_shop: 1 })
    .select({ id: 'id_product', price: 'price', active: 'active' });
  const stocks: { id: number; combination: number; quantity: number }[] = await shop('ps_stock_available')
    .where({ id_shop: 1 })
    .select({ id: 'id_product', combination: 'id_product_attribute', quantity: 'quantity' });
  const impacts: { id: number; price: string }[] = await shop('ps_product_attribute_shop')
    .where({ id_shop: 1 })
    .select({ id: 'id_product_attribute', price: 'price' });
  const productOf = new Map(products.map((one) => [one.id, one]));
  const stockOf = new Map(stocks.map((one) => [`${one.id}/${one.combination}`, one.quantity]));
  const impactOf = new Map(impacts.map((one) => [one.id, one.price]));
  return items.map(({ productId, combinationId, sku }) => {
    const product = productOf.get(productId);
    const stock = stockOf.get(`${productId}/${combinationId}`);
    if (product === undefined || stock === undefined) throw new Error(`Expected ${sku} to have a price and a stock.`);
    if (product.active !== 1) return { sku, quantity: 0, prices: {} };
    const net = millionths(product.price) + millionths(impactOf.get(combinationId) ?? '0.000000');
    const priceOf = ([country, rate]: [string, bigint]) => [country, withTax(net, rate)] as const;
    return { sku, quantity: Math.max(0, stock), prices: Object.fromEntries(Object.entries(rates).map(priceOf)) };
  });
}

/** @param decimal with six decimals, as the shop writes it */
function millionths(decimal: string): bigint {
  return BigInt(decimal.replace('.', ''));
}

/** @param percent whole percent; half a cent goes up */
function withTax(netMillionths: bigint, percent: bigint): string {
  const cents = (netMillionths * (100n + percent) + 500_000n) / 1_000_000n;
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
}
