import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { addDays, LocalDays } from '../../../../src/features/offers/local-days.js';

const paris = new LocalDays('Europe/Paris');
const at = (text: string) => Date.parse(text);

describe('Days of a place', () => {
  it('begin at its own midnight', () => {
    expect(paris.dayOf(at('2026-11-20T22:59:59Z'))).toBe('2026-11-20');
    expect(paris.dayOf(at('2026-11-20T23:00:00Z'))).toBe('2026-11-21');
    expect(new LocalDays('America/Los_Angeles').dayOf(at('2026-11-21T07:59:00Z'))).toBe('2026-11-20');
    expect(new LocalDays('Asia/Tokyo').dayOf(at('2026-11-20T15:00:00Z'))).toBe('2026-11-21');
  });

  it('agree with the calendar at any instant of two centuries, in zones with every kind of clock change', () => {
    const zones = ['Europe/Paris', 'America/New_York', 'America/Sao_Paulo', 'Asia/Kolkata', 'Pacific/Apia', 'UTC'];
    const instants = fc.integer({ min: at('1970-01-01T00:00:00Z'), max: at('2100-01-01T00:00:00Z') });
    const days = new Map(zones.map((zone) => [zone, new LocalDays(zone)]));
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (zone, atMs) => {
        expect(days.get(zone)?.dayOf(atMs)).toBe(DateTime.fromMillis(atMs, { zone }).toISODate());
      }),
    );
  });

  it('refuse a zone that nobody knows', () => {
    expect(() => new LocalDays('Europe/Atlantis')).toThrow('Europe/Atlantis');
  });
});

describe('The whole days inside a window', () => {
  const between = (start: string, end: string) => paris.wholeDays(at(start), at(end));

  it('are those from midnight to midnight of the place', () => {
    expect(between('2026-11-20T23:00:00Z', '2026-11-30T23:00:00Z')).toEqual({
      startDay: '2026-11-21',
      endDay: '2026-12-01',
    });
    expect(between('2026-11-21T09:00:00Z', '2026-11-30T17:00:00Z')).toEqual({
      startDay: '2026-11-22',
      endDay: '2026-11-30',
    });
  });

  it('take an edge within 60 seconds of midnight for midnight, and one further off not', () => {
    const span = { startDay: '2026-11-21', endDay: '2026-12-01' };
    expect(between('2026-11-20T23:01:00Z', '2026-11-30T22:59:00Z')).toEqual(span);
    expect(between('2026-11-20T22:59:00Z', '2026-11-30T23:01:00Z')).toEqual(span);
    expect(between('2026-11-20T23:01:01Z', '2026-11-30T22:58:59Z')).toEqual({
      startDay: '2026-11-22',
      endDay: '2026-11-30',
    });
  });

  it('are none where no midnight-to-midnight fits', () => {
    expect(between('2026-11-21T08:00:00Z', '2026-11-21T20:00:00Z')).toBeNull();
    expect(between('2026-11-21T08:00:00Z', '2026-11-22T20:00:00Z')).toBeNull();
    expect(between('2026-11-21T08:00:00Z', '2026-11-22T23:00:00Z')).toEqual({
      startDay: '2026-11-22',
      endDay: '2026-11-23',
    });
  });

  it('of 23 and of 25 hours are whole days', () => {
    expect(between('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z')).toEqual({
      startDay: '2026-03-29',
      endDay: '2026-03-30',
    });
    expect(between('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z')).toEqual({
      startDay: '2026-10-25',
      endDay: '2026-10-26',
    });
  });

  it('of another zone than the shop lose the days that are cut by the difference', () => {
    const [start, end] = [at('2026-11-20T23:00:00Z'), at('2026-11-30T23:00:00Z')];
    expect(new LocalDays('Europe/London').wholeDays(start, end)).toEqual({
      startDay: '2026-11-21',
      endDay: '2026-11-30',
    });
    expect(new LocalDays('Asia/Tokyo').wholeDays(start, end)).toEqual({ startDay: '2026-11-22', endDay: '2026-12-01' });
  });

  it('lie inside the window up to the tolerance, and one day more on either side would not', () => {
    const instants = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') });
    const midnight = (day: string) => DateTime.fromISO(day, { zone: 'Europe/Paris' }).toMillis();
    fc.assert(
      fc.property(instants, fc.nat(20 * 86_400_000), (startMs, lengthMs) => {
        const endMs = startMs + lengthMs;
        const span = paris.wholeDays(startMs, endMs);
        if (span === null) return;
        expect(midnight(span.startDay)).toBeGreaterThanOrEqual(startMs - 60_000);
        expect(midnight(span.endDay)).toBeLessThanOrEqual(endMs + 60_000);
        expect(midnight(addDays(span.startDay, -1))).toBeLessThan(startMs - 60_000);
        expect(midnight(addDays(span.endDay, 1))).toBeGreaterThan(endMs + 60_000);
      }),
    );
  });
});

describe('Days added to a day', () => {
  it('cross months, years and leap days', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
  });
});
