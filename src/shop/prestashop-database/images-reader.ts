import { readRows } from '../../db/read-rows.js';
import type { BatchReading } from './batch-reading.js';
import { integerOf } from './read-cell.js';
import { RowCursor } from './row-cursor.js';

/** Reads this shop's images of the batch's products, the cover first, then by position: a cursor over product, image. */
export async function readProductImages({ db, table, shop, products }: BatchReading): Promise<RowCursor> {
  return new RowCursor(
    await readRows(
      db,
      `SELECT s.id_product AS product, s.id_image AS image FROM ${table('image_shop')} s
       JOIN ${table('image')} i ON i.id_image = s.id_image
       WHERE ${products.where('s.id_product')} AND s.id_shop = ${shop.shopId}
       ORDER BY s.id_product, COALESCE(s.cover, 0) DESC, i.position, s.id_image`,
    ),
  );
}

/** Reads the images of the batch's combinations that this shop has, by position: image ids by combination. */
export async function readCombinationImages({
  db,
  table,
  shop,
  products,
}: BatchReading): Promise<ReadonlyMap<number, readonly number[]>> {
  const rows = await readRows(
    db,
    `SELECT a.id_product_attribute AS combination, i.id_image AS image FROM ${table('product_attribute')} a
     JOIN ${table('product_attribute_image')} c ON c.id_product_attribute = a.id_product_attribute
     JOIN ${table('image')} i ON i.id_image = c.id_image
     JOIN ${table('image_shop')} s ON s.id_image = i.id_image AND s.id_shop = ${shop.shopId}
     WHERE ${products.where('a.id_product')} ORDER BY a.id_product_attribute, i.position, i.id_image`,
  );
  const images = new Map<number, number[]>();
  for (const [combination, image] of rows) {
    const known = images.get(integerOf(combination));
    if (known === undefined) images.set(integerOf(combination), [integerOf(image)]);
    else known.push(integerOf(image));
  }
  return images;
}
