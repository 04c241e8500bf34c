import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RunLogLine } from '../../../../../src/features/export/run/run-log-line.js';
import { writeLogLine } from '../../../../../src/features/export/run/write-log-line.js';
import { makeVerdict } from '../../../../../src/features/offers/make-verdict.js';

const text = fc.oneof(
  fc.string({ unit: 'grapheme-ascii' }),
  fc.string({ unit: 'binary' }),
  fc.constant('"\\\u2028\u007F'),
);
const part = fc.record({
  marketplaceId: fc.nat(),
  part: fc.constantFrom('offer', 'price', 'quantity', 'metadata', 'images'),
  value: text,
  before: fc.option(text),
  decision: fc.constantFrom('send', 'wait', 'in-flight', 'equal', 'rejected', 'left-alone'),
  why: fc.option(fc.constantFrom('created-first', 'price-rejected', 'kind-in-flight')),
} as const);
const line: fc.Arbitrary<RunLogLine> = fc.record({
  sku: text,
  shopId: fc.nat(),
  productId: fc.nat(),
  combinationId: fc.nat(),
  verdicts: fc.constantFrom([], [{ ...makeVerdict('sku-outer-spaces', { sku: ' "a"' }), marketplaceIds: [1, 2] }]),
  parts: fc.array(part, { maxLength: 4 }),
  notes: fc.array(text, { maxLength: 2 }),
} as const);

it('writes a line as JSON.stringify does, whatever characters are in it', () => {
  fc.assert(
    fc.property(line, (one) => {
      expect(writeLogLine(one)).toBe(JSON.stringify(one));
    }),
    { numRuns: 2_000 },
  );
});
