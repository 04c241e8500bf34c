import { changeCombination, type Oddity, oddityOf } from './oddity.js';

const stop = oddityOf('stop');

/** What may not be sold at all, by the shop's own flags. */
export const stopOddities: readonly Oddity[] = [
  stop('draft', ['CARD', 'Bruine'], { draft: true }),
  stop('not-in-shop', ['VASE', 'Restposten'], { shops: [2], pictureShops: [2] }),
  stop('inactive', ['CLOCK', 'Demain'], { active: false }),
  stop('not-for-order', ['LIGHT', 'Vitrine'], { availableForOrder: false }),
  stop('virtual', ['BOOK', 'Carnet numérique'], { virtual: true, weightKg: '0.000000' }),
  stop('visibility-none', ['DESK', 'Coulisse'], { visibility: 'none' }),
  stop('minimal-quantity', ['CARD', 'Grossiste'], { minimalQuantity: 6 }),
  stop('minimal-quantity-of-combination', ['JAR', 'Palette'], (product) =>
    changeCombination(product, 0, { minimalQuantity: 12 }),
  ),
  stop('combination-not-in-shop', ['MUG', 'Sortie'], (product) => changeCombination(product, 1, { shops: [2] })),
];
