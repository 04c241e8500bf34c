import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainIssue } from '../../../../src/features/reports/explain-issue.js';
import { sharedFile } from '../../../support/shared-material.js';
import { itWithShared } from '../../../support/with-shared-material.js';

describe('An issue of Amazon’s', () => {
  it('is explained by what it means, what to do, and who must act', () => {
    expect(explainIssue('5461')).toEqual({
      meaning: expect.stringContaining('brand'),
      advice: expect.stringContaining('existing ASIN'),
      actor: 'the brand owner, or Amazon support',
    });
    expect(explainIssue('8541')?.actor).toBe('you, in the shop');
  });

  it('without any public source has no explanation: Amazon’s words are all there is', () => {
    expect(explainIssue('8047')).toBeNull();
    expect(explainIssue('')).toBeNull();
  });

  itWithShared('is explained for every code that is publicly known', () => {
    const { codes, notFound } = JSON.parse(readFileSync(sharedFile('amazon', 'error-codes.json'), 'utf8')) as {
      codes: { code: string }[];
      notFound: { code: string }[];
    };
    expect(codes.filter(({ code }) => explainIssue(code) === null)).toEqual([]);
    expect(notFound.filter(({ code }) => explainIssue(code) !== null)).toEqual([]);
  });
});
