import { DateTime } from 'luxon';

/** The shop's zone: every time in its tables is local to it. */
export const DEMO_TIME_ZONE = 'Europe/Paris';

/** What PrestaShop writes where there is no date. */
export const ZERO_DATE_TIME = '0000-00-00 00:00:00';

/** The day on which the demo shop was filled; everything dated in it hangs on this day. */
export interface SeedDay {
  /** "2026-11-21", so many days later or (negative) earlier. */
  date(days: number): string;
  /** "2026-11-21 14:00:00" in the shop's zone. */
  dateTime(days: number, time?: string): string;
}

/** The day of an instant in the shop's zone. */
export function seedDayOf(now: Date): SeedDay {
  const today = DateTime.fromJSDate(now, { zone: DEMO_TIME_ZONE }).startOf('day');
  const date = (days: number) => today.plus({ days }).toFormat('yyyy-MM-dd');
  return { date, dateTime: (days, time = '00:00:00') => `${date(days)} ${time}` };
}
