import type { ExactPrice } from '../../core/money.js';
import type { ItemPrice, PriceStep } from '../../shop/catalogue.js';
import type { DaySpan, LocalDays } from './local-days.js';

/** A sale announced earlier than this is not sent yet. */
const SALE_AHEAD_MS = 30 * 86_400_000;

/** The moment for which prices are scheduled, and how the marketplace counts days. */
export interface SaleMoment {
  /** Epoch milliseconds. */
  readonly atMs: number;
  /** The marketplace's day at `atMs`. */
  readonly today: string;
  readonly days: LocalDays;
}

/** Amounts in minor units. */
export interface PriceSchedule {
  readonly standard: bigint;
  readonly sale: (DaySpan & { readonly amount: bigint }) | null;
}

/**
 * Splits a step function of time into what Amazon takes: a standard price and at most one sale in whole days of the marketplace.
 *
 * A running window that is dearer, or holds no whole day, is the standard price while it runs. Of the windows below the standard
 * the running one is the sale, else the next one that begins within 30 days; one whose days are over at Amazon is passed over.
 *
 * @param price steps in time order, disjoint
 * @param amountOf the whole chain from the shop's price to the amount that is sent; a step that is not below the standard after it
 *   is no sale. A coming sale must be below the standard of now as well as below that of its own start: Amazon compares it with
 *   the standard it has.
 */
export function schedulePrice(
  price: ItemPrice,
  moment: SaleMoment,
  amountOf: (shopPrice: ExactPrice) => bigint,
): PriceSchedule {
  const running = price.steps.find((step) => step.startMs <= moment.atMs && moment.atMs < step.endMs);
  const asStandard =
    running !== undefined &&
    (running.price > price.standard || moment.days.wholeDays(running.startMs, running.endMs) === null);
  const standard = amountOf(asStandard ? running.price : price.standard);
  for (const step of price.steps) {
    if (step.startMs > moment.atMs + SALE_AHEAD_MS) break;
    const span = daysStillToCome(step, moment);
    if (span === null || !isBelowStandard(step, { price, moment, standard, amountOf })) continue;
    return { standard, sale: { ...span, amount: amountOf(step.price) } };
  }
  return { standard, sale: null };
}

function daysStillToCome(step: PriceStep, moment: SaleMoment): DaySpan | null {
  if (step.endMs <= moment.atMs) return null;
  const span = moment.days.wholeDays(step.startMs, step.endMs);
  return span !== null && span.endDay > moment.today ? span : null;
}

interface StandardContext {
  readonly price: ItemPrice;
  readonly moment: SaleMoment;
  /** The amount that is sent as standard now. */
  readonly standard: bigint;
  readonly amountOf: (shopPrice: ExactPrice) => bigint;
}

function isBelowStandard(step: PriceStep, context: StandardContext): boolean {
  const { price, moment, standard, amountOf } = context;
  const isRunning = step.startMs <= moment.atMs;
  const besides = isRunning ? price.standard : step.standard;
  if (step.price >= besides) return false;
  const amount = amountOf(step.price);
  return amount < standard && (isRunning || amount < amountOf(besides));
}
