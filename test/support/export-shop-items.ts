import type { Knex } from 'knex';

/** What plain SQL says of one thing that a PrestaShop shop can sell. */
export interface ShopItem {
  /** `id_product` or `id_product-id_product_attribute`. */
  readonly ids: string;
  readonly reference: string;
  /** The first reason why nothing may sell it, or "none". */
  readonly stop: 'draft' | 'inactive' | 'not for order' | 'virtual' | 'only in lots' | 'none';
  readonly hasValidCode: boolean;
  readonly stock: number;
}

/** Reads the items of shop 1 by one statement that shares nothing with the catalogue of ours. */
export async function readShopItems(shop: Knex): Promise<readonly ShopItem[]> {
  const [rows] = await shop.raw(ITEMS);
  return rows.map((row: Record<string, string | number>) => ({
    ids: String(row.ids),
    reference: String(row.reference),
    stop: row.stop as ShopItem['stop'],
    hasValidCode: Number(row.has_valid_code) === 1,
    stock: Number(row.stock),
  }));
}

/** The digit that must stand last in 13 digits. */
const CHECK_DIGIT = `MOD(10 - MOD(${Array.from({ length: 12 }, (_, at) => `${at % 2 === 0 ? 1 : 3} * SUBSTRING(code, ${at + 1}, 1)`).join(' + ')}, 10), 10)`;

const ITEMS = `
  SELECT ids, reference, stop, stock,
         code REGEXP '[1-9]' AND code REGEXP '^[0-9]{13}$' AND LEFT(code, 1) <> '2' AND ${CHECK_DIGIT} = RIGHT(code, 1) AS has_valid_code
  FROM (
    SELECT CONCAT_WS('-', p.id_product, pa.id_product_attribute) AS ids,
           COALESCE(pa.reference, p.reference) AS reference,
           LPAD(COALESCE(NULLIF(COALESCE(pa.ean13, p.ean13), ''), COALESCE(pa.upc, p.upc)), 13, '0') AS code,
           COALESCE(sa.quantity, 0) AS stock,
           CASE WHEN p.state = 0 THEN 'draft'
                WHEN ps.active = 0 THEN 'inactive'
                WHEN ps.available_for_order = 0 THEN 'not for order'
                WHEN p.is_virtual = 1 THEN 'virtual'
                WHEN COALESCE(pas.minimal_quantity, ps.minimal_quantity) > 1 THEN 'only in lots'
                ELSE 'none' END AS stop
    FROM ps_product p
    JOIN ps_product_shop ps ON ps.id_product = p.id_product AND ps.id_shop = 1
    LEFT JOIN ps_product_attribute pa ON pa.id_product = p.id_product
    LEFT JOIN ps_product_attribute_shop pas
      ON pas.id_product_attribute = pa.id_product_attribute AND pas.id_shop = 1
    LEFT JOIN ps_stock_available sa
      ON sa.id_product = p.id_product AND sa.id_product_attribute = COALESCE(pa.id_product_attribute, 0)
         AND sa.id_shop = 1 AND sa.id_shop_group = 0
    ORDER BY p.id_product, pa.id_product_attribute
  ) AS items`;
