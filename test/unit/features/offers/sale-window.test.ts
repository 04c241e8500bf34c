import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrice } from '../../../../src/core/money.js';
import { LocalDays } from '../../../../src/features/offers/local-days.js';
import { type PriceSchedule, schedulePrice } from '../../../../src/features/offers/sale-window.js';
import type { ItemPrice, PriceStep } from '../../../../src/shop/catalogue.js';
import { NOON_MS } from './sample-items.js';

const paris = new LocalDays('Europe/Paris');
const cents = (price: bigint) => price / 10n ** 10n;

interface Window {
  readonly start: string;
  readonly end: string;
  readonly price: string;
  readonly standard?: string;
}

function pricesOf(standard: string, windows: readonly Window[]): ItemPrice {
  const steps = windows.map(
    (one): PriceStep => ({
      startMs: Date.parse(one.start),
      endMs: Date.parse(one.end),
      price: parsePrice(one.price),
      standard: parsePrice(one.standard ?? standard),
    }),
  );
  return { standard: parsePrice(standard), steps };
}

function schedule(standard: string, windows: readonly Window[], atMs = NOON_MS, days = paris): PriceSchedule {
  return schedulePrice(pricesOf(standard, windows), { atMs, today: days.dayOf(atMs), days }, cents);
}

const running: Window = { start: '2026-11-19T23:00:00Z', end: '2026-11-30T23:00:00Z', price: '24.90' };
const coming: Window = { start: '2026-12-04T23:00:00Z', end: '2026-12-09T23:00:00Z', price: '19.90' };

describe('The sale of a price that steps in time', () => {
  it('is the running window, in days of the marketplace', () => {
    expect(schedule('29.90', [running, coming])).toEqual({
      standard: 2990n,
      sale: { startDay: '2026-11-20', endDay: '2026-12-01', amount: 2490n },
    });
  });

  it('is the next window while none runs', () => {
    expect(schedule('29.90', [coming]).sale).toEqual({ startDay: '2026-12-05', endDay: '2026-12-10', amount: 1990n });
  });

  it('is announced up to 30 days ahead', () => {
    const at30Days = { start: '2026-12-21T11:00:00Z', end: '2026-12-28T23:00:00Z', price: '20' };
    expect(schedule('29.90', [at30Days]).sale?.startDay).toBe('2026-12-22');
    expect(schedule('29.90', [{ ...at30Days, start: '2026-12-21T11:00:01Z' }]).sale).toBeNull();
  });

  it('counts the days of the marketplace, not of the shop', () => {
    const tokyo = schedule('29.90', [running], NOON_MS, new LocalDays('Asia/Tokyo'));
    expect(tokyo.sale).toMatchObject({ startDay: '2026-11-21', endDay: '2026-12-01' });
  });

  it('that is over at Amazon by its days gives way to the next one, though the shop still sells at it', () => {
    const lastHours = { start: '2026-11-14T23:00:00Z', end: '2026-11-21T17:00:00Z', price: '24.90' };
    expect(schedule('29.90', [lastHours])).toEqual({ standard: 2990n, sale: null });
    expect(schedule('29.90', [lastHours, coming]).sale?.startDay).toBe('2026-12-05');
  });

  it('that began within today is sent from tomorrow on', () => {
    const begun = { start: '2026-11-21T09:00:00Z', end: '2026-11-30T23:00:00Z', price: '24.90' };
    expect(schedule('29.90', [begun])).toEqual({
      standard: 2990n,
      sale: { startDay: '2026-11-22', endDay: '2026-12-01', amount: 2490n },
    });
  });

  it('keeps its days while it runs, so that nothing is sent again each day', () => {
    const first = schedule('29.90', [running], Date.parse('2026-11-20T00:00:00Z'));
    expect(schedule('29.90', [running], Date.parse('2026-11-30T20:00:00Z'))).toEqual(first);
  });
});

describe('A window that is no sale', () => {
  it('because it holds no whole day is the standard price while it runs, and only then', () => {
    const flash = { start: '2026-11-21T10:00:00Z', end: '2026-11-21T16:00:00Z', price: '19.90' };
    expect(schedule('29.90', [flash])).toEqual({ standard: 1990n, sale: null });
    expect(schedule('29.90', [flash], Date.parse('2026-11-21T10:00:00Z')).standard).toBe(1990n);
    expect(schedule('29.90', [flash], Date.parse('2026-11-21T09:59:59Z'))).toEqual({ standard: 2990n, sale: null });
    expect(schedule('29.90', [flash], Date.parse('2026-11-21T16:00:00Z'))).toEqual({ standard: 2990n, sale: null });
  });

  it('because it is dearer is the standard price while it runs, and only then', () => {
    const dearer = { start: '2026-11-19T23:00:00Z', end: '2026-11-30T23:00:00Z', price: '34.90' };
    expect(schedule('29.90', [dearer])).toEqual({ standard: 3490n, sale: null });
    expect(schedule('29.90', [dearer], Date.parse('2026-11-18T00:00:00Z'))).toEqual({ standard: 2990n, sale: null });
    expect(schedule('29.90', [dearer, coming])).toMatchObject({ standard: 3490n, sale: { amount: 1990n } });
  });

  it('because nothing is left of the difference after rounding leaves the standard alone', () => {
    expect(schedule('29.900', [{ ...running, price: '29.9049' }])).toMatchObject({ sale: null });
    expect(schedule('29.904', [{ ...running, price: '29.901' }])).toEqual({ standard: 2990n, sale: null });
  });

  it('because the standard will be lower by then is not announced', () => {
    expect(schedule('29.90', [{ ...coming, standard: '18.00' }]).sale).toBeNull();
  });

  it('because Amazon would hold it against a lower standard of now is not announced yet', () => {
    expect(schedule('18.00', [{ ...coming, standard: '29.90' }]).sale).toBeNull();
    const flash = { start: '2026-11-21T10:00:00Z', end: '2026-11-21T16:00:00Z', price: '15.00' };
    expect(schedule('29.90', [flash, coming])).toEqual({ standard: 1500n, sale: null });
  });

  it('by the shop or by the rules of the marketplace, one is enough: it must be below its standard before and after them', () => {
    // A rule that makes prices from 25.00 on cheaper by 10.00, so that 26.00 is sent as 16.00.
    const rule = (price: bigint) => cents(price) - (cents(price) >= 2500n ? 1000n : 0n);
    const sent = (price: ItemPrice) => schedulePrice(price, { atMs: NOON_MS, today: '2026-11-21', days: paris }, rule);
    expect(sent(pricesOf('24.00', [{ ...coming, price: '26.00' }])).sale).toBeNull();
    expect(sent(pricesOf('24.50', [{ ...coming, price: '24.00', standard: '26.00' }])).sale).toBeNull();
    expect(sent(pricesOf('24.50', [{ ...coming, price: '24.00' }])).sale?.amount).toBe(2400n);
  });

  it('because it has ended meanwhile is passed over', () => {
    const ended = { start: '2026-11-10T23:00:00Z', end: '2026-11-20T23:00:00Z', price: '9.90' };
    expect(schedule('29.90', [ended, coming])).toMatchObject({ standard: 2990n, sale: { amount: 1990n } });
  });
});

describe('A schedule', () => {
  it('never has a sale that is not below its standard, or whose days are over', () => {
    const window = fc.record({
      gapHours: fc.nat(400),
      lengthHours: fc.integer({ min: 1, max: 400 }),
      price: fc.nat(60),
    });
    fc.assert(
      fc.property(fc.array(window, { maxLength: 5 }), fc.nat(60), fc.nat(60), (windows, standard, before) => {
        let startMs = NOON_MS - before * 3_600_000;
        const steps = windows.map((one) => {
          startMs += one.gapHours * 3_600_000;
          const endMs = startMs + one.lengthHours * 3_600_000;
          const step = { startMs, endMs, price: parsePrice(`${one.price}`), standard: parsePrice(`${standard}`) };
          startMs = endMs;
          return step;
        });
        const price = { standard: parsePrice(`${standard}`), steps };
        const result = schedulePrice(price, { atMs: NOON_MS, today: '2026-11-21', days: paris }, cents);
        if (result.sale === null) return;
        expect(result.sale.amount).toBeLessThan(result.standard);
        expect(result.sale.endDay > '2026-11-21').toBe(true);
        expect(result.sale.startDay < result.sale.endDay).toBe(true);
        expect(steps.some((step) => cents(step.price) === result.sale?.amount)).toBe(true);
      }),
    );
  });
});
