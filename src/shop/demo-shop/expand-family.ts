import { formatMinor, multiplyPrice, parsePrice, roundToMinor } from '../../core/money.js';
import type { DemoCombination, DemoProduct } from './demo-product.js';
import type { ProductFamily, ProductModel } from './families/product-family.js';
import { demoEan13, demoUpc } from './product-codes.js';
import { steadyNumber } from './steady-number.js';
import type { BrandName } from './words/brands.js';
import { localize, textAt } from './words/localized.js';
import { descriptionWords, materials, origins } from './words/materials.js';

/** This maker prints American codes on its boxes. */
const UPC_BRAND: BrandName = 'Marlowe & Teal';
/** What the shop pays of its selling price before tax. */
const COST_SHARE = '0.55';
/** Families that the second context, the outlet, sells as well. */
const OUTLET_FAMILIES = new Set(['THROW', 'CANDLE']);
/** One item in so many is sold out by chance. */
const SOLD_OUT_ONE_IN = 23;

/** Where a model stands: its number inside the family (for references) and in the whole catalogue (for codes), both from 1. */
export interface ModelPlace {
  readonly inFamily: number;
  readonly inCatalogue: number;
}

/** Makes the product of one model: names, texts, codes, prices, combinations and a steady stock figure. */
export function expandModel(family: ProductFamily, model: ProductModel, place: ModelPlace): DemoProduct {
  const [, brand, price] = model;
  const reference = `${family.code}-${String(place.inFamily).padStart(2, '0')}`;
  const shops = OUTLET_FAMILIES.has(family.code) ? [1, 2] : [1];
  const combinations = expandOptions(family).map((values, index) =>
    combinationOf({ family, brand, reference, shops, values, productNumber: place.inCatalogue, number: index + 1 }),
  );
  // The product's own codes stay empty where combinations carry codes, as careful shops keep it.
  const codes = combinations.length > 0 ? { ean13: '', upc: '' } : codesOf(brand, place.inCatalogue, 0);
  return {
    ...defaults,
    ...codes,
    ...textsOf(family, model),
    key: reference,
    reference,
    mpn: `${brand.slice(0, 3).toUpperCase()}${place.inCatalogue}`,
    brand,
    supplier: family.supplier,
    category: family.category,
    tax: family.tax ?? 'standard',
    price,
    cost: shareOf(price, COST_SHARE),
    ecotax: family.ecotax ?? '0.000000',
    weightKg: family.weightKg,
    shops,
    pictureShops: shops,
    stock: combinations.length > 0 ? null : stockOf(reference),
    combinations,
  };
}

/** A part of an amount, six decimals. */
export function shareOf(amount: string, share: string): string {
  return formatMinor(roundToMinor(multiplyPrice(parsePrice(amount), parsePrice(share)), 6, 'half-up'), 6);
}

const defaults = {
  draft: false,
  active: true,
  availableForOrder: true,
  virtual: false,
  visibility: 'both',
  condition: 'new',
  minimalQuantity: 1,
  availableInDays: null,
  outOfStock: 2,
  staleStock: null,
  packOf: [],
  pictures: 2,
} as const;

type AttributeChoice = DemoCombination['values'];

/** Every mix of the family's options, the last group changing fastest. */
function expandOptions(family: ProductFamily): readonly AttributeChoice[] {
  const groups = Object.entries(family.options ?? {});
  if (groups.length === 0) return [];
  return groups.reduce<readonly AttributeChoice[]>(
    (mixes, [group, codes]) => mixes.flatMap((mix) => codes.map((code) => [...mix, { group, code }])),
    [[]],
  );
}

interface CombinationPlan {
  readonly family: ProductFamily;
  readonly brand: BrandName;
  readonly reference: string;
  readonly shops: readonly number[];
  readonly values: AttributeChoice;
  readonly productNumber: number;
  readonly number: number;
}

function combinationOf(plan: CombinationPlan): DemoCombination {
  const reference = [plan.reference, ...plan.values.map((value) => value.code)].join('-');
  const impacts = plan.values.map((value) => parsePrice(plan.family.impacts?.[value.code] ?? '0'));
  const priceImpact = impacts.reduce((sum, impact) => sum + impact, 0n);
  return {
    ...codesOf(plan.brand, plan.productNumber, plan.number),
    values: plan.values,
    reference,
    mpn: `${plan.brand.slice(0, 3).toUpperCase()}${plan.productNumber}-${plan.number}`,
    priceImpact: formatMinor(roundToMinor(priceImpact, 6, 'half-up'), 6),
    weightImpactKg: priceImpact > 0n ? shareOf(plan.family.weightKg, '0.2') : '0.000000',
    minimalQuantity: 1,
    availableInDays: null,
    shops: plan.shops,
    stock: stockOf(reference),
  };
}

function codesOf(brand: BrandName, productNumber: number, combinationNumber: number): { ean13: string; upc: string } {
  if (brand === UPC_BRAND) return { ean13: '', upc: demoUpc(productNumber, combinationNumber) };
  return { ean13: demoEan13(productNumber, combinationNumber), upc: '' };
}

function stockOf(reference: string): number {
  if (steadyNumber(`sold out ${reference}`, SOLD_OUT_ONE_IN) === 0) return 0;
  return steadyNumber(reference, 180) + 1;
}

function textsOf(family: ProductFamily, [series, brand]: ProductModel) {
  const words = descriptionWords;
  const facts = localize((_, at) =>
    [
      `${textAt(words.material, at)}${at === 0 ? ' :' : ':'} ${textAt(materials[family.material], at)}`,
      textAt(origins[family.origin], at),
      textAt(words.guarantee, at),
      `${textAt(words.brand, at)}${at === 0 ? ' :' : ':'} ${brand.replace('&', '&amp;')}`,
    ]
      .map((fact) => `<li>${fact}</li>`)
      .join(''),
  );
  return {
    name: localize((_, at) => `${textAt(family.name, at)} ${series}`),
    shortDescription: localize((_, at) => `<p>${textAt(family.pitch, at)}</p>`),
    description: localize(
      (_, at) => `<p><strong>${series}</strong></p><p>${textAt(family.pitch, at)}</p><ul>${textAt(facts, at)}</ul>`,
    ),
    tags: family.tags,
  };
}
