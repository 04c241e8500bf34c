import { describe, expect, it } from 'vitest';
import { endedSale, saleDateTime } from '../../../../src/features/offers/sale-date-time.js';

describe('A day of a sale in XML', () => {
  it('is its midnight with the offset of that day', () => {
    expect(saleDateTime('2026-11-21', 'Europe/Paris')).toBe('2026-11-21T00:00:00+01:00');
    expect(saleDateTime('2026-07-01', 'Europe/Paris')).toBe('2026-07-01T00:00:00+02:00');
    expect(saleDateTime('2026-11-21', 'America/Los_Angeles')).toBe('2026-11-21T00:00:00-08:00');
    expect(saleDateTime('2026-11-21', 'Europe/London')).toBe('2026-11-21T00:00:00+00:00');
    expect(saleDateTime('2026-11-21', 'Asia/Kolkata')).toBe('2026-11-21T00:00:00+05:30');
  });

  it('on which clocks change carries the offset before the change', () => {
    expect(saleDateTime('2026-03-29', 'Europe/Paris')).toBe('2026-03-29T00:00:00+01:00');
    expect(saleDateTime('2026-10-25', 'Europe/Paris')).toBe('2026-10-25T00:00:00+02:00');
  });

  it('without a midnight is the first moment of the day', () => {
    expect(saleDateTime('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T01:00:00-02:00');
  });
});

describe('The removal of a sale in XML', () => {
  it('is a sale that ended yesterday', () => {
    expect(endedSale('2026-12-01', '29.90')).toEqual({ startDay: '2026-11-29', endDay: '2026-11-30', price: '29.90' });
  });
});
