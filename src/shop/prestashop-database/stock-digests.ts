import type { Row } from '../../db/read-rows.js';
import { NO_STOCK, type StockDigests } from '../catalogue.js';
import { StockDigest } from '../stock-digest.js';
import { integerOf } from './read-cell.js';
import type { ShopConfiguration } from './shop-configuration.js';

/** What of the shop's own settings enters a stock digest: a change of one is seen like a change of the rows that refer to it. */
export interface StockTerms {
  /** What `out_of_stock` 2 stands for. */
  readonly sellsByDefault: boolean;
  readonly stockManagement: boolean;
}

export function stockTermsOf(configuration: ShopConfiguration): StockTerms {
  return {
    sellsByDefault: configuration.flag('PS_ORDER_OUT_OF_STOCK'),
    stockManagement: configuration.flag('PS_STOCK_MANAGEMENT'),
  };
}

/** What ends every text of a row that enters a digest. */
export function endOfText({ stockManagement }: StockTerms): string {
  return stockManagement ? 'managed' : 'free';
}

/** What stands for `out_of_stock` 2 in the text of a row. */
function byDefault({ sellsByDefault }: StockTerms): string {
  return sellsByDefault ? '21' : '20';
}

/** A stock row as a source of digests: product, combination, quantity, `out_of_stock` where it counts. The same text as `stockRowText`. */
export function stockRowTextSql(alias: string, terms: StockTerms): string {
  return `CONCAT_WS('|', ${alias}.id_product, ${alias}.id_product_attribute, ${alias}.quantity,
    CASE WHEN ${alias}.id_product_attribute <> 0 THEN '' WHEN ${alias}.out_of_stock = 2 THEN '${byDefault(terms)}'
      ELSE ${alias}.out_of_stock END, '${endOfText(terms)}')`;
}

function stockRowText(row: Row, terms: StockTerms): string {
  const [product, combination, quantity, outOfStock] = row.map(integerOf);
  const choice = combination !== 0 ? '' : outOfStock === 2 ? byDefault(terms) : outOfStock;
  return `${product}|${combination}|${quantity}|${choice}|${endOfText(terms)}`;
}

/** Rows that enter digests: whose, as what text, and where they are. */
export interface DigestSource {
  readonly product: string;
  readonly text: string;
  /** FROM and WHERE. */
  readonly from: string;
}

/** Gives, for each product, the exclusive-or of the first 64 bits of the MD5 of its rows; not for SQLite. */
export function digestsSql({ product, text, from }: DigestSource): string {
  return `SELECT ${product} AS product,
      LPAD(LOWER(HEX(BIT_XOR(CAST(CONV(LEFT(MD5(${text}), 16), 16, 10) AS UNSIGNED)))), 16, '0') AS digest
    ${from} GROUP BY ${product}`;
}

/** Works out digests from rows as they were read. */
export class StockDigestSums {
  readonly #terms: StockTerms;
  readonly #sums = new Map<number, StockDigest>();

  constructor(terms: StockTerms) {
    this.#terms = terms;
  }

  /** @param rows of `readStock` */
  addStock(rows: readonly Row[]): this {
    for (const row of rows) this.#of(integerOf(row[0])).addRow(stockRowText(row, this.#terms));
    return this;
  }

  /** @param rows of numbers: the pack, what is between, the component, its combination and quantity; NULL counts as not there */
  addComponents(rows: readonly Row[]): this {
    for (const row of rows) {
      const numbers = row.filter((cell) => cell !== null).map(integerOf);
      this.#of(integerOf(row[0])).addRow(`pack|${numbers.join('|')}|${endOfText(this.#terms)}`);
    }
    return this;
  }

  /** Of these products, one entry each. */
  of(productIds: readonly number[]): StockDigests {
    return new Map(productIds.map((id) => [id, this.#sums.get(id)?.toString() ?? NO_STOCK]));
  }

  #of(productId: number): StockDigest {
    const known = this.#sums.get(productId) ?? new StockDigest();
    this.#sums.set(productId, known);
    return known;
  }
}
