/** An instant relative to the seeding day: days, and the shop's local time of that day. */
export type SaleEdge = readonly [days: number, time: string];

/** One row of specific prices. What is left out means "anyone, anywhere, always". */
export interface DemoSale {
  /** What it shows; a case may need two rows. */
  readonly shows: string;
  /** Key of a product. */
  readonly product: string;
  /** Place of the combination in the product, from 0; left out = the whole product. */
  readonly combination?: number;
  readonly from?: SaleEdge;
  readonly to?: SaleEdge;
  /** EUR tax excluded, or the amount in `currency`; left out = the product's own price is kept. */
  readonly price?: string;
  /** "20 %" is a percentage, "5.00 incl" and "5.00 excl" amounts with and without tax; left out = no reduction. */
  readonly reduction?: `${number} %` | `${string} incl` | `${string} excl`;
  readonly quantity?: number;
  readonly currency?: 'EUR' | 'GBP';
  readonly country?: 'DE' | 'FR' | 'GB';
  readonly group?: number;
  readonly customer?: number;
  readonly cart?: number;
  /** Id of the catalogue rule that made the row. */
  readonly rule?: number;
  readonly shop?: number;
}

const MORNING = '00:00:00';
const NIGHT = '23:59:59';
const running = { from: [-5, MORNING], to: [9, NIGHT] } as const;
const outer = { from: [-3, MORNING], to: [20, NIGHT] } as const;
const inner = { from: [2, MORNING], to: [6, NIGHT] } as const;

/** Sales of one product each, so that each can be followed by itself. */
const singleSales: readonly DemoSale[] = [
  { shows: 'running-percentage', product: 'BOARD-01', ...running, reduction: '20 %' },
  { shows: 'running-amount-with-tax', product: 'DESK-01', ...running, reduction: '5.00 incl' },
  { shows: 'running-amount-without-tax', product: 'DESK-02', ...running, reduction: '5.00 excl' },
  { shows: 'ended', product: 'CARD-01', from: [-40, MORNING], to: [-10, NIGHT], reduction: '30 %' },
  { shows: 'coming', product: 'CARD-02', from: [7, MORNING], to: [20, NIGHT], reduction: '25 %' },
  { shows: 'coming-after-30-days', product: 'CARD-03', from: [60, MORNING], to: [75, NIGHT], reduction: '15 %' },
  { shows: 'ends-today', product: 'FAN-01', from: [-6, MORNING], to: [0, NIGHT], reduction: '20 %' },
  { shows: 'starts-today', product: 'FAN-02', from: [0, MORNING], to: [6, NIGHT], reduction: '15 %' },
  { shows: 'without-end', product: 'LAMP-01', from: [-10, MORNING], reduction: '10 %' },
  { shows: 'without-start', product: 'LAMP-02', to: [12, NIGHT], reduction: '12 %' },
  { shows: 'always', product: 'LAMP-03', reduction: '5 %' },
  { shows: 'fixed-price', product: 'STOVE-01', ...running, price: '29.166667' },
  { shows: 'fixed-price-with-reduction', product: 'STOVE-02', ...running, price: '40.000000', reduction: '10 %' },
  {
    shows: 'starts-and-ends-mid-day',
    product: 'VASE-03',
    from: [-2, '12:00:00'],
    to: [6, '18:00:00'],
    reduction: '20 %',
  },
  { shows: 'without-a-whole-day', product: 'CLOCK-01', from: [1, '10:00:00'], to: [1, '16:00:00'], reduction: '25 %' },
  { shows: 'over-one-night', product: 'CLOCK-02', from: [2, '20:00:00'], to: [3, '06:00:00'], reduction: '25 %' },
  {
    shows: 'seconds-from-midnight',
    product: 'SCALE-01',
    from: [-3, '00:00:30'],
    to: [8, '23:59:30'],
    reduction: '10 %',
  },
  { shows: 'dearer', product: 'CLOCK-03', ...running, price: '55.000000' },
  { shows: 'whole-price-reduced', product: 'GRINDER-02', from: [1, MORNING], to: [5, NIGHT], reduction: '100 %' },
  { shows: 'with-ecotax', product: 'LIGHT-01', ...running, reduction: '15 %' },
];

/** Rows that meet others, or that most shoppers do not meet. */
const meetingSales: readonly DemoSale[] = [
  // Of two equally good matches the one that ends later wins, whatever it costs: the better offer inside is never seen.
  { shows: 'overlap-hidden', product: 'SLEEP-01', ...outer, reduction: '10 %' },
  { shows: 'overlap-hidden', product: 'SLEEP-01', ...inner, reduction: '30 %' },
  // Here the inner one names the group, matches better and wins while it runs.
  { shows: 'overlap-seen', product: 'SLEEP-02', ...outer, reduction: '10 %' },
  { shows: 'overlap-seen', product: 'SLEEP-02', ...inner, group: 1, reduction: '30 %' },
  { shows: 'one-after-another', product: 'GRINDER-01', from: [-2, MORNING], to: [3, NIGHT], reduction: '10 %' },
  { shows: 'one-after-another', product: 'GRINDER-01', from: [4, MORNING], to: [10, NIGHT], reduction: '20 %' },
  { shows: 'one-after-another', product: 'GRINDER-01', from: [15, MORNING], to: [20, NIGHT], reduction: '30 %' },
  { shows: 'combination-only', product: 'PAN-01', combination: 1, ...running, reduction: '20 %' },
  { shows: 'combination-before-product', product: 'PAN-02', ...running, reduction: '30 %' },
  { shows: 'combination-before-product', product: 'PAN-02', combination: 2, ...running, reduction: '10 %' },
  { shows: 'fixed-price-of-combination', product: 'PAN-03', combination: 0, ...running, price: '19.900000' },
  {
    shows: 'from-five-pieces',
    product: 'VASE-01',
    from: [-1, MORNING],
    to: [30, NIGHT],
    quantity: 5,
    reduction: '20 %',
  },
  { shows: 'business-group', product: 'VASE-02', group: 4, reduction: '15 %' },
  { shows: 'pounds-only', product: 'BASKET-01', ...running, currency: 'GBP', price: '32.500000' },
  { shows: 'germany-only', product: 'BASKET-02', ...running, country: 'DE', reduction: '15 %' },
  { shows: 'one-customer', product: 'BASKET-03', customer: 7, reduction: '40 %' },
  { shows: 'one-cart', product: 'BASKET-03', cart: 12, customer: 7, price: '1.000000' },
  // A row made by hand goes before one of a catalogue rule, even if it gives less.
  { shows: 'hand-before-rule', product: 'KETTLE-01', ...running, rule: 1, shop: 1, reduction: '25 %' },
  { shows: 'hand-before-rule', product: 'KETTLE-01', ...running, reduction: '10 %' },
  // This product has an order of its own: country before group.
  { shows: 'own-priority', product: 'KETTLE-02', ...running, group: 1, reduction: '12 %' },
  { shows: 'own-priority', product: 'KETTLE-02', ...running, country: 'FR', reduction: '8 %' },
  { shows: 'other-shop', product: 'THROW-01', ...running, shop: 2, reduction: '50 %' },
];

/** The season: one percentage over whole ranges with many combinations. */
const seasonSales: readonly DemoSale[] = [
  ['JACKET-02', '30 %'],
  ['MERINO-03', '20 %'],
  ['SOCKS-02', '15 %'],
  ['CUSHION-01', '25 %'],
  ['BATH-03', '20 %'],
  ['MUG-02', '10 %'],
  ['BOOK-02', '5 %'],
].map(([product, reduction]) => ({
  shows: 'season',
  product: product ?? '',
  from: [-8, MORNING],
  to: [16, NIGHT],
  reduction: (reduction ?? '0 %') as `${number} %`,
}));

/** Products whose specific prices are ranked by an order of their own. */
export const demoPriorities: Readonly<Record<string, string>> = {
  'KETTLE-02': 'id_country;id_currency;id_group;id_shop',
};

/** Family codes whose products keep this reduction (2 %) for the business group, instead of the group's own. */
export const demoGroupReductions: Readonly<Record<string, string>> = { MUG: '0.0200', BOOK: '0.0000' };

/** Every specific price of the demo shop. */
export const demoSales: readonly DemoSale[] = [...singleSales, ...meetingSales, ...seasonSales];
