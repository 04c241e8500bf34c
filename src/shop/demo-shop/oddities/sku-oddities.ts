import { demoEan13 } from '../product-codes.js';
import { changeCombination, type Oddity, oddityOf } from './oddity.js';

const skuFault = oddityOf('sku-fault');

const LONG = 'LAMPE-DE-CHEVET-EN-ALUMINIUM-BROSSE-2026';

/** References that cannot be a SKU, or look as if they could not. */
export const skuOddities: readonly Oddity[] = [
  skuFault('empty-reference', ['BASKET', 'Sans étiquette'], { reference: '' }),
  skuFault('empty-reference-of-combination', ['PCASE', 'Sans étiquette'], (product) =>
    changeCombination(product, 2, { reference: '' }),
  ),
  skuFault('reference-of-41-characters', ['LIGHT', 'Chevet'], { reference: `${LONG}X` }),
  skuFault('reference-of-40-characters', ['LIGHT', 'Chevet court'], { reference: LONG }),
  skuFault('space-before-reference', ['LAMP', 'Décalée'], { reference: ' LAMP-60' }),
  skuFault('space-after-reference', ['LAMP', 'Traînante'], { reference: 'LAMP-61 ' }),
  // Duplicating a product in the back office repeats its reference.
  skuFault('duplicate-first', ['SCALE', 'Original'], { reference: 'SCALE-TWIN' }),
  skuFault('duplicate-second', ['SCALE', 'Copie de Original'], { reference: 'SCALE-TWIN' }),
  // A switched-off twin is no collision: only what can be sold counts.
  skuFault('duplicate-of-inactive', ['STOVE', 'Nouvelle'], { reference: 'STOVE-SAME' }),
  skuFault('inactive-duplicate', ['STOVE', 'Ancienne'], { reference: 'STOVE-SAME', active: false }),
  skuFault('one-reference-for-all-combinations', ['APRON', 'Uniforme'], (product) => ({
    ...product,
    combinations: product.combinations.map((one) => ({ ...one, reference: product.reference })),
  })),
  // Amazon tells upper from lower case, so these two are different SKUs.
  skuFault('case-twin-lower', ['VASE', 'Minuscule'], { reference: 'vase-lune' }),
  skuFault('case-twin-upper', ['VASE', 'Majuscule'], { reference: 'VASE-LUNE' }),
  skuFault('accented-reference', ['CANDLE', 'Été'], (product) =>
    changeCombination(product, 0, { reference: 'BOUGIE-ÉTÉ-ß' }),
  ),
  // Two boxes with one printed code: right as references, a collision where the EAN is the SKU.
  skuFault('same-code-first', ['KETTLE', 'Zwilling A'], { ean13: demoEan13(990, 0) }),
  skuFault('same-code-second', ['KETTLE', 'Zwilling B'], { ean13: demoEan13(990, 0) }),
];
