import fc from 'fast-check';

/** Texts as no one should write them: control characters, halves of emoji, markup, entities, endless accents. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.string({ unit: 'binary', maxLength: 10 }),
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 }).map((units) => String.fromCharCode(...units)),
      fc.constantFrom(
        '&',
        '&amp;',
        '&eacute;',
        '&#0;',
        '<b>',
        '</script>',
        '<!--',
        ']]>',
        '"',
        "'",
        '\u0000',
        '\r\n',
        '\t',
      ),
      fc.constantFrom(
        '👩‍👩‍👧‍👦',
        '🇫🇷',
        'e\u0301',
        '\ud83d',
        '\ude00',
        '\ufffe',
        '\uffff',
        '\u0085',
        '\u2028',
        '\ufeff',
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

/** Keys of up to 40 characters that a shop may really use: no outer spaces, inner ones allowed, accents too. */
export const sku: fc.Arbitrary<string> = fc.stringMatching(/^[!-~À-ɏ]([ -~À-ɏ]{0,38}[!-~À-ɏ])?$/);

/** Amounts with up to four decimals. */
export const amount: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 4 }))
  .map(([minor, decimals]) => (minor / 10 ** decimals).toFixed(decimals));
