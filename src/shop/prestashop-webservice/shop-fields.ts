import type { WebserviceClient } from './webservice-client.js';
import { WebserviceFieldMissing } from './webservice-errors.js';
import { WebserviceRecord } from './webservice-record.js';

/** Fields that not every PrestaShop from 1.6.1 to 9 has; asking for one that a shop lacks fails the whole call. */
export interface ShopFields {
  /** 1.7.0: unfinished drafts. */
  readonly productState: boolean;
  /** 1.7.7. */
  readonly productMpn: boolean;
  readonly combinationMpn: boolean;
  /** Which combination of a component a pack holds. */
  readonly packCombination: boolean;
  /** 1.7.7 rounds to it; before, PS_PRICE_DISPLAY_PRECISION holds for every currency. */
  readonly currencyPrecision: boolean;
}

/** Looks at the fields of this shop's version, once per connection. */
export async function readShopFields(client: WebserviceClient, shopId: number): Promise<ShopFields> {
  const product = await blankOf(client, shopId, { resource: 'products', element: 'product' });
  const combination = await blankOf(client, shopId, { resource: 'combinations', element: 'combination' });
  const currency = await blankOf(client, shopId, { resource: 'currencies', element: 'currency' });
  const pack = product.associated('product_bundle')[0];
  const productMpn = product.fieldNames.includes('mpn');
  return {
    productState: product.fieldNames.includes('state'),
    productMpn,
    combinationMpn: combination.fieldNames.includes('mpn'),
    packCombination: pack?.fieldNames.includes('id_product_attribute') === true,
    currencyPrecision: productMpn && currency.fieldNames.includes('precision'),
  };
}

async function blankOf(
  client: WebserviceClient,
  shopId: number,
  { resource, element }: { readonly resource: string; readonly element: string },
): Promise<WebserviceRecord> {
  const { root } = await client.get(resource, { shopId, parameters: { schema: 'blank' } });
  const blank = root.children.find(({ name }) => name === element);
  if (blank === undefined) throw new WebserviceFieldMissing({ field: `the blank ${element}`, received: 'none' });
  return new WebserviceRecord(blank);
}
