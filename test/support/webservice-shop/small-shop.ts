import { type ShopTables, shopTablesOf } from './shop-tables.js';

/** A shop with two contexts (the second in a group that shares stock), a simple product 1 and a product 2 with a combination 21. */
export function smallShop(): ShopTables {
  const codes = { ean13: '', isbn: '', upc: '', mpn: '' };
  const inShops = (row: Readonly<Record<string, string | number>>) => [1, 2].map((id_shop) => ({ ...row, id_shop }));
  const product = (id: number) => ({
    ...codes,
    ...{
      id_product: id,
      id_supplier: id === 1 ? 3 : 0,
      id_manufacturer: 0,
      reference: `OLD-${id}`,
      is_virtual: 0,
      state: 1,
      cache_is_pack: 0,
    },
  });
  const stock = (row: Readonly<Record<string, number>>) => ({
    ...{ id_product_attribute: 0, id_shop: 0, id_shop_group: 0, quantity: 3, out_of_stock: 2, depends_on_stock: 0 },
    ...row,
  });
  const settings = {
    ...{
      PS_LANG_DEFAULT: '1',
      PS_CURRENCY_DEFAULT: '1',
      PS_TIMEZONE: 'Europe/Paris',
      PS_TAX: '1',
      PS_VERSION_DB: '8.2.1',
    },
    ...{ PS_GROUP_FEATURE_ACTIVE: '1', PS_SPECIFIC_PRICE_FEATURE_ACTIVE: '1', PS_STOCK_MANAGEMENT: '1' },
  };
  return shopTablesOf({
    configuration: Object.entries(settings).map(([name, value], index) => ({
      ...{ id_configuration: index + 1, name, value, id_shop: null, id_shop_group: null },
    })),
    lang: [{ id_lang: 1, name: 'French', iso_code: 'fr', active: 1 }],
    lang_shop: inShops({ id_lang: 1 }),
    currency: [{ id_currency: 1, iso_code: 'EUR', precision: 2, active: 1, deleted: 0 }],
    currency_shop: inShops({ id_currency: 1, conversion_rate: '1.000000' }),
    country: [{ id_country: 8, iso_code: 'FR', active: 1 }],
    group: [{ id_group: 1, reduction: '0.00' }],
    tag: [{ id_tag: 5, id_lang: 1, name: 'tea' }],
    product_tag: [{ id_product: 1, id_tag: 5, id_lang: 1 }],
    category: [{ id_category: 2, id_parent: 1, active: 1 }],
    category_product: [{ id_category: 2, id_product: 1 }],
    tax: [{ id_tax: 1, rate: '20.000', active: 1, deleted: 0 }],
    tax_rules_group: [{ id_tax_rules_group: 1, name: '20 %', active: 1, deleted: 0 }],
    tax_rule: [
      {
        ...{ id_tax_rule: 1, id_tax_rules_group: 1, id_country: 8, id_state: 0, zipcode_from: '0', zipcode_to: '0' },
        ...{ id_tax: 1, behavior: 0 },
      },
    ],
    product_supplier: [
      {
        id_product_supplier: 1,
        id_product: 1,
        id_product_attribute: 0,
        id_supplier: 3,
        product_supplier_reference: 'S',
      },
    ],
    shop_url: [1, 2].map((id_shop) => ({
      ...{ id_shop_url: id_shop, id_shop, main: 1, active: 1, domain: 'shop.example', domain_ssl: 'shop.example' },
      ...{ physical_uri: '/', virtual_uri: '' },
    })),
    shop: [
      { id_shop: 1, id_shop_group: 1, name: 'One', active: 1, deleted: 0 },
      { id_shop: 2, id_shop_group: 2, name: 'Two', active: 1, deleted: 0 },
    ],
    shop_group: [
      { id_shop_group: 1, name: 'Own', share_stock: 0, active: 1, deleted: 0 },
      { id_shop_group: 2, name: 'Shared', share_stock: 1, active: 1, deleted: 0 },
    ],
    product: [product(1), product(2)],
    product_shop: [
      ...inShops({ id_product: 1, price: '10.000000' }),
      ...inShops({ id_product: 2, price: '20.000000' }),
    ],
    product_lang: [{ id_product: 1, id_shop: 1, id_lang: 1, name: 'Tea & <cake>', description: '<p>ä</p>' }],
    product_attribute: [{ ...codes, id_product_attribute: 21, id_product: 2, reference: 'OLD-21' }],
    product_attribute_shop: inShops({ id_product_attribute: 21, id_product: 2, price: '0.000000', default_on: 1 }),
    stock_available: [
      stock({ id_stock_available: 11, id_product: 1, id_shop: 1 }),
      stock({ id_stock_available: 12, id_product: 1, id_shop: 2 }),
      stock({ id_stock_available: 13, id_product: 1, id_shop_group: 2 }),
      stock({ id_stock_available: 14, id_product: 2, id_product_attribute: 21, id_shop: 1, depends_on_stock: 1 }),
    ],
  });
}
