import { z } from 'zod';
import type { AskedPrice } from '../../shop/asked-prices/asked-price.js';
import { PriceTableWrong } from './price-table-errors.js';

/** Columns that say what was asked, in the order in which they are written. */
export const ASKED_COLUMNS = [
  'id_shop',
  'id_product',
  'id_product_attribute',
  'currency',
  'id_currency',
  'id_country',
  'id_group',
  'id_customer',
  'quantity',
  'use_group_reduction',
] as const;

/** Columns that say what was asked and that few tables have. */
export const FURTHER_COLUMNS = ['id_state', 'zipcode', 'id_cart'] as const;

/** Columns with what PrestaShop computed. */
export const COMPUTED_COLUMNS = [
  'te_base',
  'ti_base',
  'te_final',
  'ti_final',
  'ti_final_rounded',
  'id_specific_price',
] as const;

export type ComputedColumn = (typeof COMPUTED_COLUMNS)[number];
export type PriceTableColumn = (typeof ASKED_COLUMNS)[number] | (typeof FURTHER_COLUMNS)[number] | ComputedColumn;

/** The cells of one line by their columns; a column that the table lacks is missing. */
export type PriceTableCells = Readonly<Partial<Record<PriceTableColumn, string>>>;

/** One line of the table, the header is line 1. */
export interface PriceTableRow {
  readonly line: number;
  readonly asked: AskedPrice;
  /** Texts of the computed columns that the table has. */
  readonly expected: Readonly<Partial<Record<ComputedColumn, string>>>;
}

const whole = z.string().regex(/^\d{0,10}$/, { error: 'a whole number' });
const id = whole.transform((text) => (text === '' ? null : Number(text))).nullable();
const count = whole.transform((text) => Number(text));
/** As PHP writes its numbers, 5.4E-5 among them. */
const amount = z.string().regex(/^(-?\d{1,15}(\.\d+)?([eE][+-]?\d{1,2})?)?$/, { error: 'a decimal number' });

const cells = z.object({
  id_shop: id.default(null),
  id_product: z
    .string()
    .regex(/^\d{1,10}$/, { error: 'the id of a product' })
    .transform(Number),
  id_product_attribute: count.default(0),
  currency: z
    .string()
    .regex(/^([A-Za-z]{3})?$/, { error: 'an ISO code of three letters' })
    .default(''),
  id_currency: id.default(null),
  id_country: id.default(null),
  id_group: id.default(null),
  id_customer: count.default(0),
  quantity: z
    .string()
    .regex(/^\d{0,10}$/, { error: 'a whole number' })
    .transform((text) => (text === '' ? 1 : Number(text)))
    .default(1),
  use_group_reduction: z.enum(['0', '1', ''], { error: '0 or 1' }).default('1'),
  id_state: count.default(0),
  zipcode: z.string().max(12, { error: 'at most 12 characters' }).default(''),
  id_cart: count.default(0),
  te_base: amount.optional(),
  ti_base: amount.optional(),
  te_final: amount.optional(),
  ti_final: amount.optional(),
  ti_final_rounded: amount.optional(),
  id_specific_price: whole.optional(),
});

/**
 * Reads one line of a price table.
 *
 * @param shopId the shop that is meant where the table does not say it
 * @throws PriceTableWrong naming the first cell that cannot be meant
 */
export function readPriceTableRow(line: number, texts: PriceTableCells, shopId: number): PriceTableRow {
  const result = cells.safeParse(texts);
  if (!result.success) throw faultOf(line, texts, result.error);
  const { data } = result;
  const asked = {
    shopId: data.id_shop ?? shopId,
    productId: data.id_product,
    combinationId: data.id_product_attribute,
    currencyId: data.id_currency,
    currencyIso: data.currency === '' ? null : data.currency,
    countryId: data.id_country,
    stateId: data.id_state,
    zipcode: data.zipcode === '' ? '0' : data.zipcode,
    groupId: data.id_group,
    customerId: data.id_customer,
    cartId: data.id_cart,
    quantity: data.quantity,
    withGroupReduction: data.use_group_reduction !== '0',
  };
  const given = COMPUTED_COLUMNS.flatMap((column) => {
    const text = data[column];
    return text === undefined ? [] : [[column, text] as const];
  });
  return { line, asked, expected: Object.fromEntries(given) };
}

function faultOf(line: number, texts: PriceTableCells, error: z.ZodError): Error {
  const [issue] = error.issues;
  const column = String(issue?.path[0]) as PriceTableColumn;
  const text = texts[column];
  const received = text === undefined ? 'nothing' : JSON.stringify(text.slice(0, 40));
  return new PriceTableWrong({ line, expected: `${column} to be ${issue?.message}`, received });
}
