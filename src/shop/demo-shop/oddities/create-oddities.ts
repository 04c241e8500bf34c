import { demoUpc, privateEan13, withWrongCheckDigit } from '../product-codes.js';
import { type Oddity, oddityOf } from './oddity.js';

const createFault = oddityOf('create-fault');

/** Codes, conditions and stock figures that keep a product from being created at Amazon, beside such as only look so. */
export const createOddities: readonly Oddity[] = [
  createFault('no-code', ['BOARD', 'Orphelin'], { ean13: '', upc: '' }),
  createFault('code-zero', ['BASKET', 'Nullpunkt'], { ean13: '0', upc: '' }),
  createFault('no-code-of-combinations', ['TEAPOT', 'Anonimo'], (product) => ({
    ...product,
    // The product's own code is never inherited: each combination stays without one.
    ean13: product.combinations[0]?.ean13 ?? '',
    combinations: product.combinations.map((one) => ({ ...one, ean13: '' })),
  })),
  createFault('wrong-check-digit', ['STOVE', 'Coquille'], (product) => ({
    ...product,
    ean13: withWrongCheckDigit(product.ean13),
  })),
  createFault('code-too-short', ['SLEEP', 'Tronqué'], (product) => ({ ...product, ean13: product.ean13.slice(0, 11) })),
  createFault('code-of-letters', ['FAN', 'Zéphyr'], { ean13: 'EAN-PENDING' }),
  createFault('private-range', ['SCALE', 'Hausmarke'], { ean13: privateEan13(1) }),
  createFault('quantity-0', ['GRINDER', 'Ausverkauft'], { stock: 0 }),
  createFault('used', ['KETTLE', 'Seconde vie'], { condition: 'used' }),
  createFault('refurbished', ['GRINDER', 'Neustart'], { condition: 'refurbished' }),
  createFault('unknown-condition', ['FAN', 'Offene Schachtel'], { condition: 'open_box' }),
  // 12 digits in the EAN field are a UPC: unusual, and right.
  createFault('upc-in-ean-field', ['VASE', 'Overseas'], { ean13: demoUpc(900, 0), upc: '' }),
];
