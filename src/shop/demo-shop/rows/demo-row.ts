/** One row, by column name. */
export type DemoRow = Readonly<Record<string, string | number | null>>;

/** Table name without prefix → its rows in key order. */
export type DemoTables = Readonly<Record<string, readonly DemoRow[]>>;

/** The contexts of the demo shop: the shop that Feedbridge reads, and an outlet beside it in the same group. */
export const DEMO_SHOP_IDS = [1, 2] as const;
export const DEMO_SHOP_GROUP_ID = 1;

/** 1 and 0, as PrestaShop writes yes and no. */
export function flag(value: boolean): number {
  return value ? 1 : 0;
}

/** "Théière d’été" → "theiere-d-ete": the part of an address that names a thing. */
export function linkRewrite(text: string): string {
  const ascii = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return ascii
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 128);
}
