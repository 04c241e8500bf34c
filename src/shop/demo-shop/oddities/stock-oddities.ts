import { changeCombination, type Oddity, oddityOf } from './oddity.js';

const stock = oddityOf('stock');

/** Stock that is easily misread. */
export const stockOddities: readonly Oddity[] = [
  stock('negative-stock', ['BOARD', 'Découvert'], { stock: -12 }),
  stock('negative-stock-of-combination', ['CABLE', 'Découvert'], (product) =>
    changeCombination(product, 1, { stock: -3 }),
  ),
  stock('missing-stock-row', ['CLOCK', 'Inventaire'], { stock: null }),
  // Left over from a time when the group shared its stock; the shop's own row says 7.
  stock('stale-stock-row', ['BASKET', 'Reliquat'], { stock: 7, staleStock: 480 }),
  stock('sold-when-out-of-stock', ['SLEEP', 'Sur commande'], { stock: 0, outOfStock: 1 }),
  stock('refused-when-out-of-stock', ['SLEEP', 'Fin de série'], { stock: 0, outOfStock: 0 }),
  stock('available-later', ['GRINDER', 'Précommande'], { stock: 0, availableInDays: 21 }),
  stock('available-later-with-stock', ['FAN', 'Avant-première'], { stock: 40, availableInDays: 12 }),
  stock('available-since', ['LIGHT', 'Arrivage'], { stock: 15, availableInDays: -30 }),
  stock('combination-available-later', ['PHONES', 'Deuxième vague'], (product) =>
    changeCombination(product, 1, { stock: 0, availableInDays: 9 }),
  ),
  stock('sold-out-combination', ['BIKEBAG', 'Dernier'], (product) => changeCombination(product, 0, { stock: 0 })),
  stock('one-left', ['VASE', 'Unique'], { stock: 1 }),
  stock('pack', ['BOARD', 'Coffret cuisine'], (product) => ({
    ...product,
    stock: 20,
    packOf: [
      { key: 'BOARD-01', quantity: 1 },
      { key: 'BOOK-01', quantity: 2 },
    ],
  })),
];
