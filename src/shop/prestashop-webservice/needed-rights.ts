import type { WebserviceMethod } from './interpret-answer.js';

/** What a key is ticked for, resource by resource, and what for. */
export interface NeededRight {
  readonly resource: string;
  readonly methods: readonly WebserviceMethod[];
}

const reading = (...resources: readonly string[]): readonly NeededRight[] =>
  resources.map((resource) => ({ resource, methods: ['GET'] }));

/** Without these no offer can be made. */
export const OFFER_RIGHTS = reading(
  'combinations',
  'configurations',
  'countries',
  'currencies',
  'groups',
  'languages',
  'product_suppliers',
  'products',
  'shop_groups',
  'shop_urls',
  'shops',
  'stock_availables',
);

/** Without these a sale is seen when it has begun and its end when it has ended; its dates are not sent. */
export const SALE_RIGHTS = reading('specific_prices', 'tax_rule_groups', 'tax_rules', 'taxes');

/** For texts of combinations and search terms (extended data). */
export const TEXT_RIGHTS = reading('product_option_values', 'product_options', 'tags');

/** For exports of one category. */
export const CATEGORY_RIGHTS = reading('categories');

/** For `shop import-references` and `shop set-stock`; PUT only where the shop has no PATCH. */
export const WRITING_RIGHTS: readonly NeededRight[] = ['combinations', 'products', 'stock_availables'].map(
  (resource) => ({
    resource,
    methods: ['GET', 'PATCH', 'PUT'],
  }),
);
