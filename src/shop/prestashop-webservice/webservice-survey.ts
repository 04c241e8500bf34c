import { formatMinor, PRICE_SCALE } from '../../core/money.js';
import type { ShopDetails, ShopRights, ShopSurvey } from '../catalogue.js';
import { readConfiguration, readWebserviceGround, type WebserviceReading } from './ground-reader.js';
import { describeRights, readKeyRights } from './key-rights.js';
import { readList } from './list-records.js';
import type { ShopFields } from './shop-fields.js';

/** Looks at the installation: what it is, what the key may do there, and its shop contexts. */
export async function readWebserviceSurvey(
  readingOf: (shopId: number) => Promise<WebserviceReading>,
  shopIds: readonly [number, ...number[]],
): Promise<ShopSurvey> {
  const reading = await readingOf(shopIds[0]);
  const { client, shopId } = reading;
  const [version] = await readConfiguration(reading, ['PS_VERSION_DB']);
  const shops = await readList(client, { resource: 'shops', shopId, display: ['name', 'active', 'deleted'] });
  const details: ShopDetails[] = [];
  const groupNotes: string[] = [];
  for (const id of shopIds) details.push(await readDetails(await readingOf(id)));
  for (const group of await readList(client, { resource: 'groups', shopId, display: ['reduction'] }))
    if (group.decimal('reduction') > 0n) groupNotes.push(String(group.id));
  return {
    connection: `the Webservice ${client.address.where}`,
    version: version?.value ?? '',
    absent: absentFields(reading.fields),
    rights: withNotes(describeRights(await readKeyRights(client, shopId), reading), groupNotes),
    contexts: shops
      .filter((shop) => !shop.flag('deleted'))
      .map((shop) => ({ shopId: shop.id, name: shop.text('name'), active: shop.flag('active') })),
    details,
  };
}

/** What no key can show, where it can matter. */
function withNotes(rights: ShopRights, groupIds: readonly string[]): ShopRights {
  if (groupIds.length === 0) return rights;
  const note = `Customer group ${groupIds.join(', ')} has a reduction: what a category gives it instead is not shown by any Webservice, so prices for it are to be compared once by hand.`;
  return { ...rights, notes: [...rights.notes, note] };
}

async function readDetails(reading: WebserviceReading): Promise<ShopDetails> {
  const { client, shopId } = reading;
  const { configuration, currencies } = await readWebserviceGround(reading);
  const countries = await readList(client, { resource: 'countries', shopId, display: ['iso_code', 'active'] });
  const own = countries.find(({ id }) => id === configuration.integer('PS_COUNTRY_DEFAULT', 0));
  const isoOf = (country: (typeof countries)[number]) => country.text('iso_code').toUpperCase();
  return {
    shopId,
    countries: countries
      .filter((country) => country.flag('active'))
      .map(isoOf)
      .sort(),
    defaultCountry: own === undefined ? '' : isoOf(own),
    rates: new Map(currencies.map(({ iso, rate }) => [iso, formatMinor(rate, PRICE_SCALE).replace(/\.?0+$/, '')])),
  };
}

function absentFields(fields: ShopFields): readonly string[] {
  const names = [
    ['product.state', fields.productState],
    ['product.mpn', fields.productMpn],
    ['product_attribute.mpn', fields.combinationMpn],
    ['currency.precision', fields.currencyPrecision],
  ] as const;
  return names.filter(([, present]) => !present).map(([name]) => name);
}
