import { describe, expect, it } from 'vitest';
import { feedCauseLines } from '../../../src/cli/cause-lines.js';
import type { ExplainedGroup } from '../../../src/features/reports/feed-service.js';

const cause = (code: string, count: number): ExplainedGroup => ({
  ...{ severity: 'error', code, count, example: `Said ${code}.`, explanation: null },
});

describe('What Amazon found wrong with several feeds', () => {
  it('is said once where it is the same, with the feeds that it is about', () => {
    const lines = feedCauseLines([
      { feedId: 29, causes: [cause('13013', 27)] },
      { feedId: 28, causes: [cause('13013', 27)] },
      { feedId: 27, causes: [cause('13013', 26), cause('90205', 1)] },
    ]);
    expect(lines).toEqual([
      'Feeds 29, 28:',
      '27 errors 13013: Said 13013.',
      'Feed 27:',
      '26 errors 13013: Said 13013.',
      '1 error 90205: Said 90205.',
    ]);
  });
});
