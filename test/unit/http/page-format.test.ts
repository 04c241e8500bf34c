import { describe, expect, it } from 'vitest';
import { PageFormat } from '../../../src/http/page-format.js';
import { HandClock } from '../../support/hand-clock.js';

const clock = new HandClock('2026-11-21T14:00:00.000Z');
const paris = new PageFormat(clock, { language: 'en', timeZone: 'Europe/Paris' });
const at = (iso: string) => Date.parse(iso);

describe('Pages write', () => {
  it("times in the shop's zone with the zone named, winter and summer", () => {
    expect(paris.time(at('2026-11-21T14:05:09Z'))).toBe('21 Nov 2026, 15:05:09 CET');
    expect(paris.time(at('2026-07-01T22:30:00Z'))).toBe('2 Jul 2026, 00:30:00 CEST');
    expect(paris.time(null)).toBe('–');
  });

  it('times in columns shorter, with the year only where it is another', () => {
    expect(paris.shortTime(at('2026-11-21T14:05:09Z'))).toBe('21 Nov, 15:05:09');
    expect(paris.shortTime(at('2025-11-21T14:05:09Z'))).toBe('21 Nov 2025, 15:05:09 CET');
  });

  it('UTC where the zone is not known', () => {
    const lost = new PageFormat(clock, { language: 'en', timeZone: 'Mars/Olympus' });
    expect([lost.timeZone, lost.time(at('2026-11-21T14:05:09Z'))]).toEqual(['UTC', '21 Nov 2026, 14:05:09 UTC']);
  });

  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_600_000 - 1, '59 min'],
    [3_600_000 + 120_000, '1 h 2 min'],
    [86_400_000 * 3 + 3_600_000 * 4, '3 d 4 h'],
    [-5_000, '0 s'],
  ])('a span of %i ms as %s', (durationMs, text) => {
    expect(paris.span(durationMs)).toBe(text);
    expect(paris.age(clock.nowMs() - durationMs)).toBe(text);
  });

  it('figures with separators, and a dash for none', () => {
    expect([paris.number(1_234_567), paris.number(0), paris.number(null)]).toEqual(['1,234,567', '0', '–']);
  });

  it.each([
    [1_023, '1023 B'],
    [1_536, '1.5 KiB'],
    [9.5 * 1_048_576, '9.5 MiB'],
  ])('a size of %i bytes as %s', (bytes, text) => {
    expect(paris.size(bytes)).toBe(text);
  });
});
