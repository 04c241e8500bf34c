import type { ExactPrice } from '../../core/money.js';
import { TranslatedText } from '../prestashop-database/translated-text.js';
import type { WebserviceReading } from './ground-reader.js';
import type { ListRequest } from './list-records.js';
import { type PackContent, packComponentsOf, packDisplay } from './pack-fields.js';
import { figureOf, plannedViews, priceParameters, type WebservicePricing } from './pricing-reader.js';
import type { WebserviceRecord } from './webservice-record.js';

/** What of a product is asked for. */
export interface ProductDisplay {
  readonly pricing: WebservicePricing;
  readonly withTexts: boolean;
  readonly withImages: boolean;
}

export interface ProductTexts {
  readonly name: readonly Translation[];
  readonly description: readonly Translation[];
  readonly shortDescription: readonly Translation[];
}

type Translation = readonly [languageId: number, text: string];

/** A product as one shop context shows it by the Webservice; amounts tax excluded, in the shop's default currency. */
export interface ShopProduct {
  readonly id: number;
  readonly supplierId: number;
  readonly manufacturerId: number;
  readonly manufacturerName: string;
  readonly reference: string;
  readonly ean13: string;
  readonly upc: string;
  readonly mpn: string;
  readonly virtual: boolean;
  readonly draft: boolean;
  readonly taxRulesGroupId: number;
  readonly price: ExactPrice;
  readonly ecotax: ExactPrice;
  readonly cost: ExactPrice;
  readonly active: boolean;
  readonly availableForOrder: boolean;
  readonly visibility: string;
  readonly condition: string;
  readonly minimalQuantity: number;
  readonly availableDate: string | null;
  readonly pack: boolean;
  readonly packStockType: number;
  readonly components: readonly PackContent[];
  readonly categoryIds: readonly number[];
  /** Combinations of this shop context. */
  readonly combinationIds: readonly number[];
  /** By position. */
  readonly positionedImageIds: readonly number[];
  /** The cover first, then by position. */
  readonly imageIds: readonly number[];
  readonly tagIds: readonly number[];
  readonly texts: ProductTexts | null;
  /** The address part by language id; empty unless images are asked for. */
  readonly linkRewrite: ReadonlyMap<number, string>;
  /** PrestaShop's own price of now per planned view; of the default combination where there are combinations. */
  readonly figures: readonly ExactPrice[];
}

const FIELDS = [
  'id_supplier',
  'id_manufacturer',
  'manufacturer_name',
  'reference',
  'ean13',
  'upc',
  'is_virtual',
  'id_tax_rules_group',
  'price',
  'ecotax',
  'wholesale_price',
  'active',
  'available_for_order',
  'visibility',
  'condition',
  'minimal_quantity',
  'available_date',
  'categories[id]',
  'combinations[id]',
];
const TEXT_FIELDS = ['name', 'description', 'description_short', 'tags[id]'];
const IMAGE_FIELDS = ['id_default_image', 'link_rewrite', 'images[id]'];

/** The request for products with the fields that are needed; which ones is added by filters and pages. */
export function productRequest({ shopId, fields }: WebserviceReading, display: ProductDisplay): ListRequest {
  return {
    resource: 'products',
    shopId,
    display: [
      ...FIELDS,
      ...packDisplay(fields.packCombination),
      ...(fields.productState ? ['state'] : []),
      ...(fields.productMpn ? ['mpn'] : []),
      ...(display.withTexts ? TEXT_FIELDS : []),
      ...(display.withImages ? IMAGE_FIELDS : []),
      ...plannedViews(display.pricing).map(({ field }) => field),
    ],
    parameters: priceParameters(display.pricing),
  };
}

/** One product of an answer to `productRequest`. */
export function productOf(row: WebserviceRecord, { fields }: WebserviceReading, display: ProductDisplay): ShopProduct {
  const ids = (name: string) => row.associated(name).map(({ id }) => id);
  const manufacturerId = row.integer('id_manufacturer');
  return {
    ...codesOf(row, fields.productMpn),
    ...soldAs(row),
    id: row.id,
    supplierId: row.integer('id_supplier'),
    manufacturerId,
    manufacturerName: manufacturerId === 0 ? '' : row.text('manufacturer_name'),
    draft: fields.productState && row.integer('state') === 0,
    taxRulesGroupId: row.integer('id_tax_rules_group'),
    price: row.decimal('price'),
    ecotax: row.decimal('ecotax'),
    cost: row.decimal('wholesale_price'),
    components: packComponentsOf(row, fields.packCombination),
    categoryIds: ids('categories').sort((a, b) => a - b),
    combinationIds: ids('combinations'),
    positionedImageIds: display.withImages ? ids('images') : [],
    imageIds: display.withImages ? coverFirst(ids('images'), row.integer('id_default_image')) : [],
    tagIds: display.withTexts ? ids('tags') : [],
    texts: display.withTexts ? textsOf(row) : null,
    linkRewrite: new Map(display.withImages ? row.translations('link_rewrite') : []),
    figures: plannedViews(display.pricing).map(({ field }) => figureOf(row.text(field))),
  };
}

/** The codes of a product or combination. */
export function codesOf(
  row: WebserviceRecord,
  withMpn: boolean,
): Pick<ShopProduct, 'reference' | 'ean13' | 'upc' | 'mpn'> {
  return {
    reference: row.text('reference'),
    ean13: row.text('ean13'),
    upc: row.text('upc'),
    mpn: withMpn ? row.text('mpn') : '',
  };
}

function soldAs(
  row: WebserviceRecord,
): Pick<
  ShopProduct,
  | 'virtual'
  | 'active'
  | 'availableForOrder'
  | 'visibility'
  | 'condition'
  | 'minimalQuantity'
  | 'availableDate'
  | 'pack'
  | 'packStockType'
> {
  return {
    virtual: row.flag('is_virtual'),
    active: row.flag('active'),
    availableForOrder: row.flag('available_for_order'),
    visibility: row.text('visibility'),
    condition: row.text('condition'),
    minimalQuantity: row.integer('minimal_quantity'),
    availableDate: row.date('available_date'),
    pack: row.flag('cache_is_pack'),
    packStockType: row.integer('pack_stock_type'),
  };
}

function textsOf(row: WebserviceRecord): ProductTexts {
  return {
    name: row.translations('name'),
    description: row.translations('description'),
    shortDescription: row.translations('description_short'),
  };
}

/** A translated field, of some languages or of all. */
export function translated(texts: readonly Translation[], languageIds?: ReadonlySet<number>): TranslatedText {
  const text = new TranslatedText();
  for (const [languageId, value] of texts)
    if (languageIds === undefined || languageIds.has(languageId)) text.add(languageId, value);
  return text;
}

function coverFirst(imageIds: readonly number[], coverId: number): readonly number[] {
  return imageIds.includes(coverId) ? [coverId, ...imageIds.filter((id) => id !== coverId)] : imageIds;
}
