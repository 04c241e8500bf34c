import { describe, expect, it } from 'vitest';
import { MarketplaceNames } from '../../../src/cli/marketplace-names.js';
import { runLineTexts, totalLines } from '../../../src/cli/run-lines.js';
import type { Marketplace } from '../../../src/features/accounts/account.js';
import type { PlannedPart } from '../../../src/features/export/plan/plan-sku.js';
import { noTotals, type Run } from '../../../src/features/export/run/run.js';
import type { LoggedVerdict, RunLogLine } from '../../../src/features/export/run/run-log-line.js';

const marketplace = (id: number, accountName: string, country: string): Marketplace => ({
  ...{ id, accountId: accountName.length, accountName, shopId: 1, country, amazonId: '', currency: 'EUR' },
  ...{ active: true, inactiveReason: '' },
});

const names = new MarketplaceNames([marketplace(1, 'acme', 'FR'), marketplace(2, 'acme', 'DE')]);

const part = (fields: Partial<PlannedPart>): PlannedPart => ({
  ...{ marketplaceId: 1, part: 'price', value: '31.50|EUR', before: '29.90|EUR', decision: 'send', why: null },
  ...fields,
});

const line = (fields: Partial<RunLogLine>): RunLogLine => ({
  ...{ sku: 'KX-1', shopId: 1, productId: 7, combinationId: 0, verdicts: [], parts: [], notes: [] },
  ...fields,
});

const START = `KX-1${' '.repeat(20)}  `;

describe('A line of a run for people', () => {
  it('shows before and after, once for marketplaces that are the same', () => {
    const parts = [
      part({}),
      part({ marketplaceId: 2 }),
      part({ marketplaceId: 0, part: 'quantity', value: '7|2', before: '4' }),
    ];
    expect(runLineTexts(line({ parts }), names)).toEqual([
      `${START}FR DE         price      29.90 EUR → 31.50 EUR`,
      `${START}all           quantity   4 → 7, 2 days of handling`,
    ]);
  });

  it('says nothing of what is in step', () => {
    expect(runLineTexts(line({ parts: [part({ decision: 'equal' })] }), names)).toEqual([]);
  });

  it.each([
    [{ before: null }, '- → 31.50 EUR'],
    [{ before: '31.50|EUR' }, '31.50 EUR again'],
    [{ decision: 'in-flight' as const }, '29.90 EUR → 31.50 EUR (on its way)'],
    [
      { decision: 'wait' as const, why: 'created-first' as const },
      '29.90 EUR → 31.50 EUR (goes when the offer is accepted)',
    ],
    [
      { decision: 'left-alone' as const, why: 'not-at-amazon' as const },
      '29.90 EUR → 31.50 EUR (not sent: not on Amazon, match it)',
    ],
    [{ decision: 'rejected' as const }, '29.90 EUR → 31.50 EUR (rejected by Amazon before; a new mark tries it again)'],
  ])('says what becomes of a value: %o', (fields, text) => {
    expect(runLineTexts(line({ parts: [part(fields)] }), names)[0]?.slice(51)).toBe(text);
  });

  it('gives the verdict with its advice in place of values', () => {
    const verdict: LoggedVerdict = {
      ...{ kind: 'stop', code: 'inactive', sentence: 'Switched off in the shop.', advice: 'Activate it.' },
      marketplaceIds: [2],
    };
    expect(runLineTexts(line({ verdicts: [verdict], notes: ['A note.'] }), names)).toEqual([
      `${START}DE            stop       Switched off in the shop. Activate it.`,
      `${START}              note       A note.`,
    ]);
  });

  it('names the account where there are several', () => {
    const both = new MarketplaceNames([marketplace(1, 'acme', 'FR'), marketplace(2, 'other', 'FR')]);
    expect([both.short(1), both.short(2), both.short(0), both.full(2), both.full(0)]).toEqual([
      'acme/FR',
      'other/FR',
      'all',
      'other/FR',
      null,
    ]);
  });
});

describe('The figures of a run for people', () => {
  const lines = (reasons: Readonly<Record<string, number>>) =>
    totalLines({ id: 3, mode: 'verify', totals: { ...noTotals, reasons } } as unknown as Run);

  it('say how many items have no SKU or share one, and where to see which', () => {
    expect(lines({ 'sku-empty': 12, 'sku-duplicate': 1_006, 'no-code': 5 })).toContain(
      'SKU faults: 12 without a SKU, 1,006 that share one. Which, and what to do: feedbridge shop check',
    );
  });

  it('say nothing of SKUs where none is faulty', () => {
    expect(lines({ 'no-code': 5 }).join()).not.toContain('SKU');
  });
});
