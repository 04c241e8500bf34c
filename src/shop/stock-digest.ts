import { hash } from 'node:crypto';
import { NO_STOCK } from './catalogue.js';

/** Exclusive-or of 64-bit digests: of the rows of a product, or of the products of a stretch; the order does not matter. */
export class StockDigest {
  #high = 0;
  #low = 0;

  /** Adds what a row comes to: the first 64 bits of its MD5, which shop databases can work out as well. */
  addRow(text: string): this {
    const bytes = hash('md5', text, 'buffer');
    return this.#add(bytes.readUInt32BE(0), bytes.readUInt32BE(4));
  }

  /** Adds another digest, 16 hexadecimal digits. */
  add(digest: string): this {
    if (digest === NO_STOCK) return this;
    return this.#add(Number.parseInt(digest.slice(0, 8), 16), Number.parseInt(digest.slice(8), 16));
  }

  toString(): string {
    return hexadecimal(this.#high) + hexadecimal(this.#low);
  }

  #add(high: number, low: number): this {
    this.#high ^= high;
    this.#low ^= low;
    return this;
  }
}

/** Bit operations give signed numbers. */
function hexadecimal(bits: number): string {
  return (bits >>> 0).toString(16).padStart(8, '0');
}
