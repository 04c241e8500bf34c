import { describe, expect, it } from 'vitest';
import { ShopClock, UnknownTimeZone } from '../../../../src/shop/price-engine/shop-clock.js';

const paris = new ShopClock('Europe/Paris');
const iso = (instants: readonly number[]) => instants.map((ms) => new Date(ms).toISOString().slice(0, 16));

describe('ShopClock', () => {
  it('shows the wall clock cut to the minute, in summer and winter', () => {
    expect(paris.minuteAt(Date.parse('2026-07-01T12:00:59.999Z'))).toBe('2026-07-01 14:00:00');
    expect(paris.minuteAt(Date.parse('2026-12-01T23:30:00Z'))).toBe('2026-12-02 00:30:00');
  });

  it('starts at the first whole minute and ends after the last', () => {
    expect(iso(paris.startInstants('2026-11-21 10:00:00'))).toEqual(['2026-11-21T09:00']);
    expect(iso(paris.startInstants('2026-11-21 10:00:01'))).toEqual(['2026-11-21T09:01']);
    expect(iso(paris.endInstants('2026-11-21 10:00:00'))).toEqual(['2026-11-21T09:01']);
    expect(iso(paris.endInstants('2026-11-21 23:59:59'))).toEqual(['2026-11-21T23:00']);
  });

  it('knows that midnight before and after the clock change are different hours in UTC', () => {
    expect(iso(paris.startInstants('2027-03-28 00:00:00'))).toContain('2027-03-27T23:00');
    expect(iso(paris.startInstants('2027-03-30 00:00:00'))).toEqual(['2027-03-29T22:00']);
  });

  it('takes the change itself for a time that does not exist', () => {
    const instants = paris.startInstants('2027-03-28 02:30:00');
    const reached = instants.filter((ms) => paris.minuteAt(ms) >= '2027-03-28 02:30:00');
    expect(iso(reached)[0]).toBe('2027-03-28T01:00');
  });

  it('gives both passages of a time that exists twice', () => {
    expect(iso(paris.startInstants('2027-10-31 02:30:00'))).toEqual([
      '2027-10-31T00:30',
      '2027-10-31T01:00',
      '2027-10-31T01:30',
    ]);
  });

  it('reads a day that does not exist as the one it runs over to', () => {
    expect(iso(paris.startInstants('2027-02-30 00:00:00'))).toEqual(['2027-03-01T23:00']);
  });

  it('refuses what is no time zone', () => {
    expect(() => new ShopClock('Mars/Olympus')).toThrow(UnknownTimeZone);
  });
});
