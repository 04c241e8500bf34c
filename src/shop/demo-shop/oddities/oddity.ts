import type { DemoCombination, DemoProduct } from '../demo-product.js';

/**
 * What an oddity shows: the four kinds of verdict (a stop, or a fault that touches only creation, price or SKU),
 * figures of stock that are easily misread, and texts that break careless programs.
 */
export type OddityKind = 'stop' | 'create-fault' | 'price-fault' | 'sku-fault' | 'stock' | 'text';

/** A product that differs from its family in one point, as shops really have them. */
export interface Oddity {
  readonly kind: OddityKind;
  /** Names the point: "wrong-check-digit". Unique; it becomes the product's key. */
  readonly name: string;
  /** Code of the family whose first model it follows. */
  readonly family: string;
  readonly series: string;
  readonly change: (product: DemoProduct) => DemoProduct;
}

/** What makes the oddities of one kind: `make(name, [family, series], what differs)`. */
export function oddityOf(kind: OddityKind) {
  return (
    name: string,
    [family, series]: readonly [string, string],
    change: Partial<DemoProduct> | Oddity['change'],
  ): Oddity => ({
    kind,
    name,
    family,
    series,
    change: typeof change === 'function' ? change : (product) => ({ ...product, ...change }),
  });
}

/** The product with one of its combinations changed (0 = the first). */
export function changeCombination(product: DemoProduct, index: number, change: Partial<DemoCombination>): DemoProduct {
  const combinations = product.combinations.map((one, at) => (at === index ? { ...one, ...change } : one));
  return { ...product, combinations };
}
