import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePart, isUnsettled, type PartDecision } from '../../../../../src/features/export/plan/plan-part.js';
import { accepted, open, part, rejected, unknown } from '../sample-memory.js';

/** Marked since the submission that is remembered, or not. */
type Asked = 'since' | 'before';

const compare = (memory: Parameters<typeof comparePart>[1], asked: Asked, everything = false) =>
  comparePart('NEW', memory, { revision: asked === 'since' ? 2 : 1, everything });

describe('A value', () => {
  it.each<[string, Parameters<typeof comparePart>[1], Asked, PartDecision, PartDecision]>([
    // what is remembered · marked since then? · decision · decision when everything is sent
    ['of which nothing is known', null, 'since', 'send', 'send'],
    ['that Amazon only showed', part({ effectiveValue: 'NEW', effectiveAtMs: 1 }), 'since', 'send', 'send'],
    ['that was only wanted so far', part(), 'before', 'send', 'send'],
    ['that is in flight', open('NEW'), 'since', 'in-flight', 'in-flight'],
    ['that is in flight', open('NEW'), 'before', 'in-flight', 'in-flight'],
    ['while another is in flight', open('OLD', 'NEW'), 'since', 'wait', 'wait'],
    ['while another is in flight', open('OLD'), 'before', 'wait', 'wait'],
    ['of which nobody knows whether it arrived', unknown('NEW', 'OLD'), 'before', 'send', 'send'],
    ['while nobody knows whether another arrived', unknown('OLD', 'NEW'), 'before', 'send', 'send'],
    ['that is accepted', accepted('NEW'), 'before', 'equal', 'equal'],
    ['that is accepted', accepted('NEW'), 'since', 'equal', 'send'],
    ['after another was accepted', accepted('OLD'), 'before', 'send', 'send'],
    ['that was refused', rejected('NEW', 'OLD'), 'before', 'rejected', 'rejected'],
    ['that was refused', rejected('NEW', 'OLD'), 'since', 'send', 'send'],
    ['that was accepted before another was refused', rejected('OLD', 'NEW'), 'before', 'equal', 'equal'],
    ['that was accepted before another was refused', rejected('OLD', 'NEW'), 'since', 'equal', 'send'],
    ['after others were refused', rejected('OLD', 'OLDER'), 'before', 'send', 'send'],
  ])('%s (case %#)', (_title, memory, asked, decision, whenEverything) => {
    expect(compare(memory, asked)).toBe(decision);
    expect(compare(memory, asked, true)).toBe(whenEverything);
  });

  const memories = fc.record({
    state: fc.constantFrom(
      'none' as const,
      'open' as const,
      'accepted' as const,
      'rejected' as const,
      'unknown' as const,
    ),
    submittedValue: fc.constantFrom(null, 'A', 'B'),
    submittedRevision: fc.constantFrom(null, 1, 5),
    acceptedValue: fc.constantFrom(null, 'A', 'B'),
  });
  const values = fc.constantFrom('A', 'B');
  const rulesOf = fc.record({ revision: fc.integer({ min: 0, max: 9 }), everything: fc.boolean() });

  it('never goes out while another one is in flight', () => {
    fc.assert(
      fc.property(memories, values, rulesOf, (known, value, rules) => {
        if (known.state !== 'open') return;
        expect(comparePart(value, part(known), rules)).not.toBe('send');
      }),
    );
  });

  it('goes out once for one mark: when it was handed over by that mark and settled, it is not sent again', () => {
    fc.assert(
      fc.property(memories, values, rulesOf, (known, value, rules) => {
        if (comparePart(value, part(known), rules) !== 'send') return;
        const sent = { submittedValue: value, submittedRevision: rules.revision };
        const settled = comparePart(value, part({ ...known, ...sent, state: 'accepted', acceptedValue: value }), rules);
        const refused = comparePart(value, part({ ...known, ...sent, state: 'rejected' }), rules);
        expect([settled, refused]).toEqual(['equal', 'rejected']);
      }),
    );
  });

  it('that Amazon has not accepted is never called equal', () => {
    fc.assert(
      fc.property(memories, values, rulesOf, (known, value, rules) => {
        if (known.acceptedValue !== value) expect(comparePart(value, part(known), rules)).not.toBe('equal');
      }),
    );
  });

  it('still has to reach Amazon when it goes, waits or is on its way', () => {
    const decisions: readonly PartDecision[] = ['send', 'wait', 'in-flight', 'equal', 'rejected', 'left-alone'];
    expect(decisions.filter(isUnsettled)).toEqual(['send', 'wait', 'in-flight']);
  });
});
