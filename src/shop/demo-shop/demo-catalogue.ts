import type { DemoProduct } from './demo-product.js';
import { expandModel } from './expand-family.js';
import { electronicsFamilies } from './families/electronics-families.js';
import { kitchenFamilies } from './families/kitchen-families.js';
import { livingFamilies } from './families/living-families.js';
import { outdoorFamilies } from './families/outdoor-families.js';
import type { ProductFamily } from './families/product-family.js';
import { stationeryFamilies } from './families/stationery-families.js';
import { createOddities } from './oddities/create-oddities.js';
import type { Oddity } from './oddities/oddity.js';
import { priceOddities } from './oddities/price-oddities.js';
import { skuOddities } from './oddities/sku-oddities.js';
import { stockOddities } from './oddities/stock-oddities.js';
import { stopOddities } from './oddities/stop-oddities.js';
import { textOddities } from './oddities/text-oddities.js';

const families: readonly ProductFamily[] = [
  ...kitchenFamilies,
  ...stationeryFamilies,
  ...outdoorFamilies,
  ...livingFamilies,
  ...electronicsFamilies,
];

/** Every oddity of the demo shop, by kind. */
export const demoOddities: readonly Oddity[] = [
  ...stopOddities,
  ...createOddities,
  ...priceOddities,
  ...skuOddities,
  ...stockOddities,
  ...textOddities,
];

/** A product of the demo shop with the id it gets in the tables. */
export interface PlacedProduct extends DemoProduct {
  readonly productId: number;
  /** As many as it has combinations, in their order. */
  readonly combinationIds: readonly number[];
}

/**
 * The whole catalogue in id order: first what is as it should be, then the oddities. The same every time.
 *
 * @throws Error when the tables of the catalogue name a family that does not exist
 */
export function demoCatalogue(): readonly PlacedProduct[] {
  return place([...ordinaryProducts(), ...oddProducts()]);
}

function ordinaryProducts(): readonly DemoProduct[] {
  const models = families.flatMap((family) =>
    family.models.map((model, index) => ({ family, model, inFamily: index + 1 })),
  );
  return models.map(({ family, model, inFamily }, index) =>
    expandModel(family, model, { inFamily, inCatalogue: index + 1 }),
  );
}

function oddProducts(): readonly DemoProduct[] {
  const before = families.reduce((sum, family) => sum + family.models.length, 0);
  return demoOddities.map((oddity, index) => {
    const family = families.find((one) => one.code === oddity.family);
    const first = family?.models[0];
    if (!family || !first)
      throw new Error(`Expected the family ${oddity.family} of the oddity ${oddity.name}, found none.`);
    // Numbers from 11 on leave room for further ordinary models of the same family.
    const place = { inFamily: 11 + index, inCatalogue: before + index + 1 };
    const product = expandModel(family, [oddity.series, first[1], first[2]], place);
    return oddity.change({ ...product, key: oddity.name, ...stocked(product) });
  });
}

/** Oddities never are sold out by chance: each shows its one point only. */
function stocked(product: DemoProduct): Pick<DemoProduct, 'stock' | 'combinations'> {
  return {
    stock: product.stock === 0 ? 9 : product.stock,
    combinations: product.combinations.map((one) => (one.stock === 0 ? { ...one, stock: 9 } : one)),
  };
}

function place(products: readonly DemoProduct[]): readonly PlacedProduct[] {
  let combinationId = 0;
  return products.map((product, index) => ({
    ...product,
    productId: index + 1,
    combinationIds: product.combinations.map(() => ++combinationId),
  }));
}
