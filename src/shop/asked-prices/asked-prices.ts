import { groupBy } from '../../core/group-by.js';
import type { ReadTransaction } from '../prestashop-database/read-transaction.js';
import type { ShopReading } from '../prestashop-database/shop-identity.js';
import { AskedBatch } from './asked-batch.js';
import { type AskedGround, readAskedGround } from './asked-ground.js';
import type { AskedPrice, PriceAnswer, PriceSource } from './asked-price.js';

interface AskedPricesOptions {
  /** The contexts that may be asked about. */
  readonly shopIds: readonly number[];
  /** The instant for which prices are computed, epoch milliseconds. */
  readonly atMs: number;
}

/** Answers questions about prices from a PrestaShop database; each call reads in one transaction. */
export class AskedPrices implements PriceSource {
  readonly #transaction: ReadTransaction;
  readonly #options: AskedPricesOptions;
  readonly #grounds = new Map<number, AskedGround>();

  constructor(transaction: ReadTransaction, options: AskedPricesOptions) {
    this.#transaction = transaction;
    this.#options = options;
  }

  answer(asked: readonly AskedPrice[]): Promise<readonly PriceAnswer[]> {
    return this.#transaction(async (reading) => {
      const answers: PriceAnswer[] = asked.map((one) => ({ lacks: `The shop has no product ${one.productId}.` }));
      const questions = asked.map((one, place) => ({ asked: one, place }));
      for (const [shopId, ofShop] of groupBy(questions, (question) => question.asked.shopId)) {
        const ground = await this.#groundOf(reading, shopId);
        if (ground === null) {
          for (const { place } of ofShop) answers[place] = { lacks: this.#otherShop(shopId) };
          continue;
        }
        for await (const { place, answer } of new AskedBatch(reading, ground, this.#options.atMs).answers(ofShop))
          answers[place] = answer;
      }
      return answers;
    });
  }

  #otherShop(shopId: number): string {
    return `Shop ${shopId} is not one of those asked for (shop=${this.#options.shopIds.join(',')}).`;
  }

  /** Settings, currencies, countries and groups are read once for all questions. */
  async #groundOf(reading: ShopReading, shopId: number): Promise<AskedGround | null> {
    if (!this.#options.shopIds.includes(shopId)) return null;
    const ground = this.#grounds.get(shopId) ?? (await readAskedGround(reading, shopId));
    this.#grounds.set(shopId, ground);
    return ground;
  }
}
