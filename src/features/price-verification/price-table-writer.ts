import { type FileHandle, open } from 'node:fs/promises';
import type { AnsweredPrice } from '../../shop/asked-prices/asked-price.js';
import type { ComputedCells } from './computed-cells.js';
import {
  ASKED_COLUMNS,
  COMPUTED_COLUMNS,
  FURTHER_COLUMNS,
  type PriceTableColumn,
  type PriceTableRow,
} from './price-table-row.js';

/** Writes computed prices in the form of the table they are compared with; further columns only where that table has them. */
export class PriceTableWriter {
  readonly #file: FileHandle;
  readonly #columns: readonly PriceTableColumn[];

  private constructor(file: FileHandle, columns: readonly PriceTableColumn[]) {
    this.#file = file;
    this.#columns = columns;
  }

  /**
   * Makes the file, over one that is there, and writes the header.
   *
   * @param known columns of the table that is compared with
   */
  static async create(path: string, known: readonly PriceTableColumn[]): Promise<PriceTableWriter> {
    const further = FURTHER_COLUMNS.filter((column) => known.includes(column));
    const writer = new PriceTableWriter(await open(path, 'w'), [...ASKED_COLUMNS, ...COMPUTED_COLUMNS, ...further]);
    await writer.#write([writer.#columns]);
    return writer;
  }

  /** Writes some lines in their order. */
  write(
    lines: readonly { readonly row: PriceTableRow; readonly answer: AnsweredPrice; readonly computed: ComputedCells }[],
  ): Promise<void> {
    return this.#write(
      lines.map(({ row, answer, computed }) => {
        const cells: Record<PriceTableColumn, string | number> = { ...askedCells(row, answer), ...computed };
        return this.#columns.map((column) => String(cells[column]));
      }),
    );
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #write(lines: readonly (readonly string[])[]): Promise<void> {
    await this.#file.appendFile(lines.map((line) => `${line.map(quoted).join(',')}\n`).join(''));
  }
}

function askedCells({ asked }: PriceTableRow, { currency, countryId, groupId }: AnsweredPrice) {
  return {
    id_shop: asked.shopId,
    id_product: asked.productId,
    id_product_attribute: asked.combinationId,
    currency: currency.iso,
    id_currency: currency.id,
    id_country: countryId,
    id_group: groupId,
    id_customer: asked.customerId,
    quantity: asked.quantity,
    use_group_reduction: asked.withGroupReduction ? 1 : 0,
    id_state: asked.stateId,
    zipcode: asked.zipcode,
    id_cart: asked.cartId,
  };
}

/** Only zip codes can hold anything but figures and letters. A formula among them must not be one in a spreadsheet. */
function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
