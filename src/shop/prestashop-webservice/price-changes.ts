import type { ShopGround } from '../prestashop-database/shop-ground.js';
import type { ShopClock } from '../price-engine/shop-clock.js';
import type { SpecificPrice } from '../price-engine/specific-price.js';
import type { WebserviceReading } from './ground-reader.js';
import { type ListRequest, readFirst, readList } from './list-records.js';
import { anonymousPrices, concerns, specificPriceOf, usesSpecificPrices } from './specific-prices.js';
import { WebserviceRightMissing } from './webservice-errors.js';

const SIDES = ['from', 'to'] as const;
type Side = (typeof SIDES)[number];

/**
 * Finds when a specific price of one shop context next begins or ends by the clock.
 *
 * @param afterMs epoch milliseconds
 * @returns epoch milliseconds, always later than `afterMs`; null when none does, or when the key may not read specific prices
 */
export async function readNextPriceChange(
  reading: WebserviceReading,
  ground: ShopGround,
  afterMs: number,
): Promise<number | null> {
  if (!usesSpecificPrices(ground)) return null;
  const instants: number[] = [];
  for (const side of SIDES) {
    const request = withFilter(reading.shopId, side, `>[${minuteBefore(ground.clock, afterMs)}]`);
    const prices = await readReadable(async () =>
      (await readFirst(reading.client, request, { by: side, limit: MOST_LOOKED_AT })).map(specificPriceOf),
    );
    for (const price of prices.filter((one) => concerns(one, reading.shopId)))
      instants.push(...instantsOf(price, side, ground.clock).filter((instant) => instant > afterMs));
  }
  return instants.length === 0 ? null : Math.min(...instants);
}

/** The first by date; several may be of other kinds than ours. */
const MOST_LOOKED_AT = 50;

/** Changes of one moment that one answer to `repricedBetween` holds. */
const PRODUCTS_PER_PAGE = 1_000;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** No clock is set by more. */
const CLOCK_CHANGE_MS = 2 * 3_600_000;

/**
 * Finds the products of which a price may begin or end by the clock in (afterMs, untilMs], ascending, in pages; 0 = every
 * product.
 */
export async function* readRepriced(
  reading: WebserviceReading,
  ground: ShopGround,
  { afterMs, untilMs }: { readonly afterMs: number; readonly untilMs: number },
): AsyncGenerator<readonly number[]> {
  if (!usesSpecificPrices(ground)) return;
  const { clock } = ground;
  const margin = isSteady(clock, afterMs, untilMs) ? 0 : CLOCK_CHANGE_MS;
  const range = `[${minuteBefore(clock, afterMs - margin)},${clock.minuteAt(untilMs + margin + MINUTE_MS)}]`;
  const productIds = new Set<number>();
  for (const side of SIDES) {
    const prices = await readReadable(async () =>
      (await readList(reading.client, withFilter(reading.shopId, side, range))).map(specificPriceOf),
    );
    for (const price of prices.filter((one) => concerns(one, reading.shopId)))
      if (instantsOf(price, side, clock).some((instant) => instant > afterMs && instant <= untilMs))
        productIds.add(price.productId);
  }
  const sorted = [...productIds].sort((a, b) => a - b);
  for (let start = 0; start < sorted.length; start += PRODUCTS_PER_PAGE)
    yield sorted.slice(start, start + PRODUCTS_PER_PAGE);
}

function withFilter(shopId: number, side: Side, value: string): ListRequest {
  const request = anonymousPrices(shopId);
  return { ...request, filters: { ...request.filters, [side]: value } };
}

function instantsOf(price: SpecificPrice, side: Side, clock: ShopClock): readonly number[] {
  const date = price[side];
  if (date === null) return [];
  return side === 'from' ? clock.startInstants(date) : clock.endInstants(date);
}

/** A `to` still holds in its own minute, and seconds are cut off. */
function minuteBefore(clock: ShopClock, atMs: number): string {
  return clock.minuteAt(atMs - MINUTE_MS);
}

/** Whether no clock is changed about then: a local time means one instant. */
function isSteady(clock: ShopClock, fromMs: number, untilMs: number): boolean {
  const [before, after] = [fromMs - DAY_MS, untilMs + DAY_MS];
  const localMs = (atMs: number) => Date.parse(`${clock.minuteAt(atMs).replace(' ', 'T')}Z`);
  return Math.abs(localMs(after) - localMs(before) - (after - before)) < 2 * MINUTE_MS;
}

/** Without the right to read them, prices change by what PrestaShop says of now alone, and no moment is known before. */
async function readReadable(read: () => Promise<readonly SpecificPrice[]>): Promise<readonly SpecificPrice[]> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof WebserviceRightMissing) return [];
    throw error;
  }
}
