import type { ListingService } from '../listings/listing-service.js';
import type { ExportOptions } from './export-options.js';

/** Products that a run looks at with the same options. */
export interface PassGroup {
  readonly productIds: readonly number[];
  readonly options: ExportOptions;
}

/**
 * Splits products by what earlier runs were asked for beyond the settings and could not bring to an end.
 *
 * Texts and pictures that had to wait, or whose fate is unknown, go with the next run whatever that one is asked for: a queue row goes
 * once the parts of the settings are compared, and nobody would ask for them again. A run limited to prices or stock leaves them be.
 *
 * @param turns products to be looked at before those of the next list
 * @returns one group for each turn of most runs; together all products, each once
 */
export async function passGroups(
  turns: readonly (readonly number[])[],
  of: { accountId: number; shopIds: readonly number[]; options: ExportOptions },
  listings: ListingService,
): Promise<readonly PassGroup[]> {
  const groups: PassGroup[] = [];
  for (const productIds of turns) groups.push(...(await groupsOf(productIds, of, listings)));
  return groups;
}

async function groupsOf(
  productIds: readonly number[],
  of: { accountId: number; shopIds: readonly number[]; options: ExportOptions },
  listings: ListingService,
): Promise<readonly PassGroup[]> {
  const { accountId, shopIds, options } = of;
  if (options.pricesOnly || options.stockOnly) return [{ productIds, options }];
  const owed = await listings.owed({ accountId, shopIds, parts: ['metadata', 'images'] }, productIds);
  if (owed.length === 0) return [{ productIds, options }];
  const texts = new Set(owed.filter((one) => one.part === 'metadata').map((one) => one.productId));
  const pictures = new Set(owed.filter((one) => one.part === 'images').map((one) => one.productId));
  const groups = new Map<string, { productIds: number[]; options: ExportOptions }>();
  for (const productId of productIds) {
    const extendedData = options.extendedData || texts.has(productId);
    const images = options.images || pictures.has(productId);
    const key = `${extendedData}/${images}`;
    const group = groups.get(key) ?? { productIds: [], options: { ...options, extendedData, images } };
    group.productIds.push(productId);
    groups.set(key, group);
  }
  return [...groups.values()];
}
