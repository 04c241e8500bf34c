import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bridge } from './bridge.js';

interface Checked {
  readonly version: string;
  readonly rights: { readonly excess: readonly string[] };
  readonly shops: readonly {
    readonly defaultLanguage: string;
    readonly rates: Readonly<Record<string, string>>;
    readonly catalogues: readonly {
      readonly skuSource: string;
      readonly products: number;
      readonly items: number;
      readonly sellableItems: number;
      readonly faults: readonly {
        readonly kind: string;
        readonly items: number;
        readonly examples: readonly object[];
      }[];
    }[];
  }[];
}

let bridge: Bridge;
beforeAll(() => {
  bridge = new Bridge();
});
afterAll(() => bridge.remove());

describe('shop check', () => {
  it('says of the demo shop what it is and what is wrong with its catalogue, by kind, and ends with 0', async () => {
    const { version, rights, shops } = await bridge.json<Checked>('shop', 'check');
    expect({ version, rights }).toEqual({ version: '8.2.1', rights: { excess: [], notes: [] } });
    expect(shops).toMatchObject([{ defaultLanguage: 'fr', rates: { EUR: '1', GBP: '0.865' } }]);
    const [catalogue] = shops[0]?.catalogues ?? [];
    expect(catalogue).toMatchObject({ skuSource: 'reference', products: 200, items: 508, sellableItems: 501 });
    expect(catalogue?.faults.map(({ kind, items }) => [kind, items])).toEqual([
      ['sku-empty', 2],
      ['sku-too-long', 1],
      ['sku-outer-spaces', 2],
      ['sku-duplicate', 6],
      ['no-code', 4],
      ['code-check-digit', 1],
      ['code-length', 2],
      ['code-private', 1],
      ['price-zero', 1],
      ['minimal-quantity', 2],
      ['draft', 1],
      ['stock-row-missing', 1],
      ['translation-missing', 2],
    ]);
    expect(catalogue?.faults.every(({ examples }) => examples.length > 0 && examples.length <= 5)).toBe(true);
  });

  it('names the items and what to do, by the SKU source that is set', async () => {
    const { code, out } = await bridge.run('shop', 'check');
    expect(code).toBe(0);
    expect(out).toContain('product 165: The SKU "SCALE-TWIN" is carried by product 166 too.');
    expect(out).toContain('sku-empty: 2 items. Enter one in the shop, or choose another SKU source.');
    await bridge.run('settings', 'set', 'sku-source', 'ids');
    expect((await bridge.run('shop', 'check')).out).not.toMatch(/sku-(empty|duplicate|too-long|outer-spaces)/);
  });
});
