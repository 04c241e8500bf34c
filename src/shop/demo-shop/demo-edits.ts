import { DateTime } from 'luxon';
import type { Clock } from '../../core/clock.js';
import { formatMinor, parsePrice, roundToMinor } from '../../core/money.js';
import type { Db } from '../../db/open-database.js';
import { DEMO_PREFIX } from './demo-schema.js';
import { DemoItemUnknown, InvalidStockQuantity } from './demo-shop-errors.js';
import { DEMO_SHOP_IDS } from './rows/demo-row.js';
import { DEMO_TIME_ZONE } from './seed-day.js';

/** What people change in a shop's back office. Combination 0 is the product itself. */
export interface DemoEdits {
  /** Pieces of one item; may be negative. The row of a product with combinations follows as their sum. */
  setStock(productId: number, combinationId: number, quantity: number): Promise<void>;
  /** The product's price, tax excluded, EUR, as a decimal text; impacts of combinations stay. */
  setPrice(productId: number, priceTaxExcl: string): Promise<void>;
  renameReference(productId: number, combinationId: number, reference: string): Promise<void>;
  setActive(productId: number, active: boolean): Promise<void>;
}

export interface DemoEditsOptions {
  /** Of the demo shop's file. */
  readonly db: Db;
  readonly clock: Clock;
  /** The context whose fields are edited; default 1. */
  readonly shopId?: number;
}

/** One edit: its transaction, the context, and the shop's local time. */
interface Edit {
  readonly trx: Db;
  readonly shopId: number;
  readonly at: string;
}

/**
 * Makes the edits of the demo shop; each is one transaction, and moves the product's date of change only where PrestaShop moves it.
 *
 * @throws DemoItemUnknown, InvalidStockQuantity, InvalidDecimal from the edits, which then change nothing
 * @source measured PrestaShop facts, section 8 (which back-office commands move date_upd)
 */
export function createDemoEdits({ db, clock, shopId = DEMO_SHOP_IDS[0] }: DemoEditsOptions): DemoEdits {
  const inTransaction = (work: (edit: Edit) => Promise<void>) => {
    const at = DateTime.fromMillis(clock.nowMs(), { zone: DEMO_TIME_ZONE }).toFormat('yyyy-MM-dd HH:mm:ss');
    return db.transaction((trx) => work({ trx, shopId, at }));
  };
  return {
    setStock: (productId, combinationId, quantity) =>
      inTransaction((edit) => setStock(edit, { productId, combinationId, quantity })),
    setPrice: (productId, priceTaxExcl) =>
      inTransaction(async (edit) => {
        const price = formatMinor(roundToMinor(parsePrice(priceTaxExcl), 6, 'half-up'), 6);
        await changeProductShop(edit, productId, { price });
      }),
    renameReference: (productId, combinationId, reference) =>
      inTransaction((edit) => renameReference(edit, { productId, combinationId, reference })),
    setActive: (productId, active) =>
      inTransaction((edit) => changeProductShop(edit, productId, { active: active ? 1 : 0 })),
  };
}

interface ItemKey {
  readonly productId: number;
  readonly combinationId: number;
}

async function setStock(
  edit: Edit,
  { productId, combinationId, quantity }: ItemKey & { quantity: number },
): Promise<void> {
  if (!Number.isSafeInteger(quantity)) throw new InvalidStockQuantity({ quantity });
  const { trx, shopId } = edit;
  const combinations = await trx(table('product_attribute_shop'))
    .where({ id_product: productId, id_shop: shopId })
    .pluck('id_product_attribute');
  const known =
    combinationId === 0
      ? combinations.length === 0 && (await isSold(edit, productId))
      : combinations.includes(combinationId);
  if (!known) throw new DemoItemUnknown({ productId, combinationId });
  await writeStock(edit, { productId, combinationId, quantity });
  if (combinationId === 0) return touch(edit, productId);
  const rows = await trx(table('stock_available'))
    .where(stockKey(edit, productId))
    .whereNot({ id_product_attribute: 0 })
    .pluck('quantity');
  const sum = rows.reduce((total: number, one: unknown) => total + Number(one), 0);
  await writeStock(edit, { productId, combinationId: 0, quantity: sum });
}

async function isSold({ trx, shopId }: Edit, productId: number): Promise<boolean> {
  return (await trx(table('product_shop')).where({ id_product: productId, id_shop: shopId }).first()) !== undefined;
}

/** The shop's own row; its group does not share stock, so the group is 0. */
function stockKey({ shopId }: Edit, productId: number) {
  return { id_product: productId, id_shop: shopId, id_shop_group: 0 };
}

async function writeStock(
  edit: Edit,
  { productId, combinationId, quantity }: ItemKey & { quantity: number },
): Promise<void> {
  const row = { ...stockKey(edit, productId), id_product_attribute: combinationId };
  const stock = edit.trx(table('stock_available'));
  const physical = edit.trx.raw('? + reserved_quantity', [quantity]);
  const changed = await stock.clone().where(row).update({ quantity, physical_quantity: physical });
  if (changed > 0) return;
  // Follows the shop's rule for orders at stock 0, as a row does that PrestaShop makes anew.
  const fresh = { physical_quantity: quantity, reserved_quantity: 0, depends_on_stock: 0, out_of_stock: 2 };
  await stock.clone().insert({ ...row, quantity, ...fresh });
}

async function changeProductShop(
  edit: Edit,
  productId: number,
  change: { price: string } | { active: number },
): Promise<void> {
  const changed = await edit
    .trx(table('product_shop'))
    .where({ id_product: productId, id_shop: edit.shopId })
    .update(change);
  if (changed === 0) throw new DemoItemUnknown({ productId, combinationId: 0 });
  await touch(edit, productId);
}

async function renameReference(
  edit: Edit,
  { productId, combinationId, reference }: ItemKey & { reference: string },
): Promise<void> {
  const key =
    combinationId === 0 ? { id_product: productId } : { id_product: productId, id_product_attribute: combinationId };
  const target = table(combinationId === 0 ? 'product' : 'product_attribute');
  const changed = await edit.trx(target).where(key).update({ reference });
  if (changed === 0) throw new DemoItemUnknown({ productId, combinationId });
  if (combinationId === 0) await touch(edit, productId);
}

async function touch({ trx, shopId, at }: Edit, productId: number): Promise<void> {
  await trx(table('product')).where({ id_product: productId }).update({ date_upd: at });
  await trx(table('product_shop')).where({ id_product: productId, id_shop: shopId }).update({ date_upd: at });
}

function table(name: string): string {
  return DEMO_PREFIX + name;
}
