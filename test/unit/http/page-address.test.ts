import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageAddress, safeReturn } from '../../../src/http/page-address.js';

describe('An address', () => {
  it('carries what it is given and leaves out what is empty', () => {
    expect(
      pageAddress('/report', { marketplace: 'simulator/FR', before: 12, run: null, state: '', x: undefined }),
    ).toBe('/report?marketplace=simulator/FR&before=12');
    expect(pageAddress('/report', {})).toBe('/report');
  });

  it('reads back as what it was given, whatever that is', () => {
    const value = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(value, value, (sku, marketplace) => {
        const url = new URL(pageAddress('/runs/1', { sku, marketplace }), 'http://x.example');
        expect([url.pathname, url.searchParams.get('sku'), url.searchParams.get('marketplace')]).toEqual([
          '/runs/1',
          sku,
          marketplace,
        ]);
      }),
    );
  });
});

describe('An address to come back to', () => {
  it.each(['/', '/report?run=3', '/runs/1?sku=a%26b'])('of ours is kept: %s', (address) => {
    expect(safeReturn(address)).toBe(address);
  });

  it.each([
    '',
    'report',
    'http://evil.example/',
    '//evil.example/x',
    '/\\evil.example',
    '/\t/evil.example',
    '/..//evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
  ])('of anybody else is the start page: %j', (address) => {
    expect(safeReturn(address)).toBe('/');
  });

  it('never leaves this host', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('/', '\\', '.', '@', ':', 'e', '\t', '\n', '?', '#') }),
        (address) => {
          expect(new URL(safeReturn(`/${address}`), 'http://here.example').host).toBe('here.example');
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
