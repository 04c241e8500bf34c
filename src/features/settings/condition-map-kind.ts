import type { AmazonCondition } from '../offers/offer-settings.js';
import { type SettingKind, settingKind } from './setting-kind.js';

const CONDITIONS: readonly AmazonCondition[] = [
  'New',
  'Refurbished',
  'UsedLikeNew',
  'UsedVeryGood',
  'UsedGood',
  'UsedAcceptable',
  'CollectibleLikeNew',
  'CollectibleVeryGood',
  'CollectibleGood',
  'CollectibleAcceptable',
];

/** Which of Amazon's conditions each condition of the shop is: "new=New,used=UsedGood". A condition left out is not mapped. */
export const conditionMap: SettingKind<ReadonlyMap<string, AmazonCondition>> = settingKind(
  `pairs such as new=New,used=UsedGood, each shop condition once, with one of ${CONDITIONS.join(', ')}`,
  readConditionMap,
  (value) => [...value].map(([shop, amazon]) => `${shop}=${amazon}`).join(','),
);

function readConditionMap(text: string): ReadonlyMap<string, AmazonCondition> | undefined {
  const pairs = text.split(',').map((pair) => /^\s*([a-z][a-z0-9_-]*)\s*=\s*([A-Za-z]+)\s*$/.exec(pair));
  const map = new Map<string, AmazonCondition>();
  for (const pair of pairs) {
    const shop = pair?.[1];
    const amazon = CONDITIONS.find((one) => one === pair?.[2]);
    if (shop === undefined || amazon === undefined || map.has(shop)) return undefined;
    map.set(shop, amazon);
  }
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
