import { shareOf } from '../expand-family.js';
import { type Oddity, oddityOf } from './oddity.js';

const priceFault = oddityOf('price-fault');

/** Prices that nobody should sell at, or only with a bound set. */
export const priceOddities: readonly Oddity[] = [
  priceFault('price-0', ['CARD', 'Offert'], { price: '0.000000', cost: '0.000000' }),
  priceFault('below-cost', ['BOOK', 'Pertes sèches'], (product) => ({
    ...product,
    cost: shareOf(product.price, '1.25'),
  })),
  priceFault('slipped-decimal-point', ['DESK', 'Kommafehler'], (product) => ({
    ...product,
    price: shareOf(product.price, '0.001'),
  })),
  priceFault('very-dear', ['LIGHT', 'Or massif'], { price: '4165.833333', cost: '2900.000000' }),
  priceFault('cost-unknown', ['CLOCK', 'Sans facture'], { cost: '0.000000' }),
];
