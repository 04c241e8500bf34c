import type { Db } from '../../../src/db/open-database.js';

/** Deletes a combination, as the back office does. */
export async function deleteCombination(shop: Db, combinationId: number): Promise<void> {
  for (const table of [...COMBINATION_TABLES, 'ps_stock_available'])
    await shop(table).where({ id_product_attribute: combinationId }).delete();
}

/** Deletes a product without combinations. */
export async function deleteProduct(shop: Db, productId: number): Promise<void> {
  for (const table of [...PRODUCT_TABLES, 'ps_stock_available'])
    await shop(table).where({ id_product: productId }).delete();
}

/** Gives a product a combination, made after another product's; its stock is set with `setStock` afterwards. */
export async function addCombination(
  shop: Db,
  { like, ...row }: { like: number; id_product: number; id_product_attribute: number; reference: string },
): Promise<void> {
  const { reference, ...keys } = row;
  for (const table of COMBINATION_TABLES) {
    const named = table === 'ps_product_attribute' ? { ...keys, reference, ean13: '' } : keys;
    const changes = table === 'ps_product_attribute_shop' ? { ...named, default_on: null } : named;
    await copyRows(shop, { table, where: { id_product_attribute: like }, changes });
  }
}

/** Copies a product without combinations, as *Duplicate* does; the copy is active and keeps reference and code. */
export async function copyProduct(shop: Db, productId: number, copyId: number): Promise<void> {
  for (const table of PRODUCT_TABLES)
    await copyRows(shop, { table, where: { id_product: productId }, changes: { id_product: copyId } });
}

/** Gives the first item the other one's reference and the other way round, at once. */
export async function swapReferences(shop: Db, oneId: number, otherId: number): Promise<void> {
  const referenceOf = async (id: number): Promise<string> =>
    (await shop('ps_product').where({ id_product: id }).first('reference')).reference;
  const [one, other] = [await referenceOf(oneId), await referenceOf(otherId)];
  await shop.transaction(async (trx) => {
    await trx('ps_product').where({ id_product: oneId }).update({ reference: other });
    await trx('ps_product').where({ id_product: otherId }).update({ reference: one });
  });
}

const COMBINATION_TABLES = ['ps_product_attribute', 'ps_product_attribute_shop', 'ps_product_attribute_combination'];
const PRODUCT_TABLES = ['ps_product', 'ps_product_shop', 'ps_product_lang', 'ps_category_product'];

async function copyRows(
  shop: Db,
  { table, where, changes }: { table: string; where: Record<string, number>; changes: Record<string, unknown> },
): Promise<void> {
  const rows: Record<string, unknown>[] = await shop(table).where(where);
  const columns = await shop(table).columnInfo();
  for (const row of rows) {
    const kept = Object.entries(changes).filter(([column]) => column in columns);
    await shop(table).insert({ ...row, ...Object.fromEntries(kept) });
  }
}
