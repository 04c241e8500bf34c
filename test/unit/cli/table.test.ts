import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factLines, tableLines } from '../../../src/cli/table.js';

const columns = [
  { heading: 'Name', text: (row: readonly [string, number | null]) => row[0] },
  { heading: 'Count', text: (row: readonly [string, number | null]) => row[1], right: true },
];

describe('A table', () => {
  it('aligns its columns, figures on the right with their thousands, and shows a dash for nothing', () => {
    expect(
      tableLines(
        [
          ['Ärmel', 1_250],
          ['B', null],
        ],
        columns,
      ),
    ).toEqual(['NAME   COUNT', 'Ärmel  1,250', 'B          -']);
  });

  it('keeps every row on one line whatever the shop has named its things', () => {
    const rows = fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.integer()));
    fc.assert(
      fc.property(rows, (some) => {
        const lines = tableLines(some, columns);
        expect(lines).toHaveLength(some.length + 1);
        expect(lines.join('')).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  it('of facts leaves out those without a value', () => {
    expect(
      factLines([
        ['Run', 7],
        ['Fault', ''],
        ['Ended', null],
        ['Status', 'done'],
      ]),
    ).toEqual(['Run:    7', 'Status: done']);
  });
});
