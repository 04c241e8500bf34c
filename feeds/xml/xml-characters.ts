/** What XML 1.0 forbids: control characters but tab and line ends, U+FFFE, U+FFFF, and surrogates without their partner. */
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this expression is about
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * Removes every character that an XML 1.0 document must not contain, not even as a reference.
 *
 * @returns the text without control characters (tab, line feed and carriage return stay), lone surrogates, U+FFFE and U+FFFF
 * @source XML 1.0, production 2 (Char)
 */
export function removeForbiddenCharacters(text: string): string {
  return text.replace(FORBIDDEN, '');
}
