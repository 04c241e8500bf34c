import { nameItem } from '../features/offers/judge-duplicates.js';
import { EXAMPLES } from '../features/shop-check/catalogue-fault.js';
import type { CatalogueCheck } from '../features/shop-check/check-catalogue.js';
import type { CheckedShop } from '../features/shop-check/shop-check-service.js';
import { counted, figure } from './plain-words.js';
import { factLines } from './table.js';

/** What a survey of the installation says, as far as lines are made of it. */
export interface SurveyView {
  readonly connection: string;
  readonly version: string;
  readonly absent: readonly string[];
  readonly rights: { readonly excess: readonly string[]; readonly notes: readonly string[] };
  readonly contexts: readonly { readonly shopId: number; readonly name: string; readonly active: boolean }[];
  readonly details: readonly { readonly shopId: number }[];
}

/** The installation in lines. */
export function surveyLines(survey: SurveyView): readonly string[] {
  const { connection, version, absent, rights, contexts, details } = survey;
  const served = new Set(details.map((one) => one.shopId));
  return [
    ...factLines([
      ['Connection', `${connection} answers.`],
      ['Version', version === '' ? 'PrestaShop does not say.' : `PrestaShop ${version}`],
      ['Without', absent.join(', ')],
      [
        'Rights',
        rights.excess.length === 0 ? 'The login can do no more than read.' : 'The login may do more than it needs:',
      ],
    ]),
    ...rights.excess.map((sentence) => `  Warning: ${sentence}`),
    ...rights.notes.map((sentence) => `  ${sentence}`),
    'Shops:',
    ...contexts.map(
      ({ shopId, name, active }) =>
        `  ${shopId}  ${name}${active ? '' : ' (switched off)'}${served.has(shopId) ? '' : ' (not in FEEDBRIDGE_SHOP)'}`,
    ),
  ];
}

/** One shop context with its catalogue, in lines. */
export function checkedShopLines({ context, details, catalogues }: CheckedShop): readonly string[] {
  const { shopId, name, languages, defaultLanguage, currencies, defaultCurrency, stockManagement } = context;
  const first = (all: readonly string[], own: string) => [own, ...all.filter((one) => one !== own)].join(', ');
  const rates = currencies.map(({ iso, decimals }) =>
    iso === defaultCurrency
      ? `${iso} (its own, ${counted(decimals, 'decimal')})`
      : `${iso} at ${details.rates.get(iso)} (${counted(decimals, 'decimal')})`,
  );
  return [
    '',
    `Shop ${shopId}, ${name}`,
    ...factLines([
      ['  Address', context.baseUrl],
      ['  Time zone', context.timeZone],
      ['  Languages', first(languages, defaultLanguage)],
      ['  Currencies', rates.join(', ')],
      ['  Countries', `${details.defaultCountry || 'none'} (its own); active: ${countriesText(details.countries)}`],
      ['  Rounding', context.roundingMode],
      ['  Stock', stockManagement ? 'counted by the shop' : 'not counted: the setting fixed-quantity is sent'],
    ]),
    ...catalogues.flatMap(catalogueLines),
  ];
}

/** All of them where they are few. */
function countriesText(countries: readonly string[]): string {
  if (countries.length <= COUNTRIES_NAMED) return countries.join(', ') || 'none';
  return `${countries.slice(0, COUNTRIES_NAMED).join(', ')} and ${figure(countries.length - COUNTRIES_NAMED)} more`;
}

const COUNTRIES_NAMED = 20;

/** The same for programs. */
export function checkedShopView({ context, details, catalogues }: CheckedShop) {
  return { ...context, ...details, rates: Object.fromEntries(details.rates), catalogues };
}

function catalogueLines({
  skuSource,
  products,
  items,
  activeItems,
  sellableItems,
  faults,
}: CatalogueCheck): readonly string[] {
  return [
    `  ${counted(products, 'product')}, ${counted(items, 'item')} in this shop: ${figure(activeItems)} active, ${figure(sellableItems)} could be sold if nothing below stands against them. SKU source: ${skuSource}.`,
    ...(faults.length === 0 ? ['  Nothing is wrong with the catalogue.'] : []),
    ...faults.flatMap(({ kind, items: count, advice, examples }) => [
      `  ${kind}: ${counted(count, 'item')}. ${advice}`,
      ...examples.map((one) => `    ${nameItem(one)}: ${one.sentence}`),
      ...moreLines(kind, count - examples.length, examples.length),
    ]),
  ];
}

/** An example of a shared SKU names several items, so how many are left cannot be told from the number of examples. */
function moreLines(kind: string, left: number, shown: number): readonly string[] {
  if (left <= 0 || (kind === 'sku-duplicate' && shown < EXAMPLES)) return [];
  return [kind === 'sku-duplicate' ? '    and more' : `    and ${figure(left)} more`];
}
