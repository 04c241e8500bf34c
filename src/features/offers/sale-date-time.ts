import { DateTime } from 'luxon';
import { addDays } from './local-days.js';
import type { OfferSale } from './offer.js';

/** Sales begin and end on few different days; 20 µs of calendar work for each of a million edges would be 20 s. */
const written = new Map<string, string>();
const WRITTEN_AT_MOST = 10_000;

/**
 * Midnight of a day as XML documents write it, with the offset of that day: "2026-11-21T00:00:00+01:00".
 *
 * @param day "2026-11-21"; where clocks skip midnight, the first moment of the day is meant
 * @param timeZone IANA zone of the marketplace
 */
export function saleDateTime(day: string, timeZone: string): string {
  const key = `${day} ${timeZone}`;
  let text = written.get(key);
  if (text === undefined) {
    if (written.size >= WRITTEN_AT_MOST) written.clear();
    text = DateTime.fromISO(day, { zone: timeZone }).startOf('day').toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
    written.set(key, text);
  }
  return text;
}

/**
 * The sale that removes a sale in XML, where leaving the element out leaves the old sale in place: it ended yesterday.
 *
 * @param today the marketplace's day
 * @param price decimal text; Amazon wants one, the standard price does
 * @source Amazon models issues 4134, 4349 and 5235: a sale is removed by one whose end has passed
 */
export function endedSale(today: string, price: string): OfferSale {
  return { startDay: addDays(today, -2), endDay: addDays(today, -1), price };
}
