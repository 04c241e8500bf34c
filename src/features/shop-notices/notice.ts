import { z } from 'zod';
import { parseInput } from '../../http/parse-input.js';
import { NoticeUnreadable } from './notice-errors.js';

/** The greatest id that PrestaShop's own columns hold. */
const GREATEST_ID = 4_294_967_295;
const MOST_CHANGES = 1_000;

const id = z.number().int().positive().max(GREATEST_ID);

/** One batch as the shop sends it; fields that are not named here are passed over. */
const noticeSchema = z.object({
  /** Of this batch and no other; a batch that is sent again keeps it. */
  nonce: z.string().regex(/^[\w.-]{16,64}$/, 'Expected 16 to 64 letters, digits, dots, hyphens or underscores.'),
  /** `id_shop`. */
  shop: id,
  changes: z
    .array(
      z.object({
        product: id,
        /** 0 or left out = the product itself. */
        combination: z.number().int().nonnegative().max(GREATEST_ID).optional(),
        /** What changed, in the shop's words; whatever it is, the whole product is looked at. */
        kind: z.string().max(64),
        /** When it happened, ISO 8601 with an offset. */
        at: z.iso.datetime({ offset: true, error: 'Expected an instant such as 2026-11-22T00:30:00+00:00.' }),
      }),
    )
    .min(1)
    .max(MOST_CHANGES),
});

/** A product that the shop wants looked at. Nothing of what it says goes to Amazon: all of that is read from the shop. */
export interface NoticedProduct {
  readonly productId: number;
  /** The earliest time named for it, epoch milliseconds, never in the future. */
  readonly seenAtMs: number;
}

/** One batch, read: each product once, ascending. */
export interface Notice {
  readonly nonce: string;
  readonly shopId: number;
  /** As many as the shop named. */
  readonly changeCount: number;
  readonly products: readonly NoticedProduct[];
}

/** A batch that has been taken and not worked on yet. */
export interface WaitingNotice {
  readonly id: number;
  readonly shopId: number;
  readonly products: readonly NoticedProduct[];
}

/**
 * Reads a batch of notices from its bytes.
 *
 * @param nowMs by our clock: the shop's may go fast
 * @throws NoticeUnreadable, InvalidInput naming every field that is wrong
 */
export function readNotice(body: Buffer, nowMs: number): Notice {
  const { nonce, shop, changes } = parseInput(noticeSchema, jsonOf(body));
  const seen = new Map<number, number>();
  for (const { product, at } of changes)
    seen.set(product, Math.min(seen.get(product) ?? nowMs, Math.max(Date.parse(at), 0)));
  const products = [...seen]
    .map(([productId, seenAtMs]) => ({ productId, seenAtMs }))
    .sort((a, b) => a.productId - b.productId);
  return { nonce, shopId: shop, changeCount: changes.length, products };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new NoticeUnreadable({}, { cause: error });
  }
}
