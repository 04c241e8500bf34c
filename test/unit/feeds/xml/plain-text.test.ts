import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codePointLength, cutText, oneLine } from '../../../../feeds/xml/plain-text.js';
import { hostileText } from './hostile-text.js';

const FAMILY = '👩‍👩‍👧‍👦';

describe('cutText', () => {
  test('a title of 400 characters stays whole', () => {
    const title = 'Pull en laine '.repeat(30).slice(0, 400);
    expect(cutText(title, 500)).toBe(title);
  });

  test('a title of 600 characters keeps its first 500', () => {
    expect(cutText('a'.repeat(600), 500)).toBe('a'.repeat(500));
  });

  test('an emoji counts as one character, so 500 of them stay whole', () => {
    expect(cutText('😀'.repeat(500), 500)).toBe('😀'.repeat(500));
    expect(cutText('😀'.repeat(600), 500)).toBe('😀'.repeat(500));
  });

  test('an emoji that straddles the limit in UTF-16 is not halved', () => {
    expect(cutText(`${'a'.repeat(499)}😀😀`, 500)).toBe(`${'a'.repeat(499)}😀`);
  });

  test.each([
    ['a family of seven code points', FAMILY],
    ['a flag of two letters', '🇫🇷'],
    ['a letter with its accent', 'e\u0301'],
    ['a thumb with its colour', '👍🏽'],
  ])('%s at the limit is left out as a whole', (_name, cluster) => {
    const head = 'a'.repeat(499);
    expect(cutText(`${head}${cluster}tail`, 500)).toBe(head);
    expect(cutText(`${'a'.repeat(500 - codePointLength(cluster))}${cluster}tail`, 500)).toContain(cluster);
  });

  test('no space is left where the text was cut', () => {
    expect(cutText(`${'a'.repeat(498)}  tail`, 500)).toBe('a'.repeat(498));
  });

  test('a letter under more accents than fit is cut through rather than lost', () => {
    expect(codePointLength(cutText(`e${'\u0301'.repeat(600)}`, 500))).toBe(500);
  });

  test('whatever the text, the cut one fits and is a part of it from its start', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 30 }), (text, maxLength) => {
        const clean = oneLine(text);
        const cut = cutText(clean, maxLength);
        expect(codePointLength(cut)).toBeLessThanOrEqual(maxLength);
        expect(clean.startsWith(cut)).toBe(true);
        expect(cut).not.toMatch(/\p{Surrogate}/u);
        if (codePointLength(clean) <= maxLength) expect(cut).toBe(clean);
      }),
    );
  });
});

describe('oneLine', () => {
  test('folds white space of every kind and takes the outer off', () => {
    expect(oneLine(' \t Pull\r\n\u00a0 en\u2028laine\u0085 ')).toBe('Pull en laine');
  });

  test('removes NUL and the other control characters without leaving a gap', () => {
    expect(oneLine('La\u0000ine\u0007 \u0098d\u007fouce')).toBe('Laine douce');
  });

  test('has nothing left to do on its own result', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(oneLine(oneLine(text))).toBe(oneLine(text));
      }),
    );
  });
});
