import { removeForbiddenCharacters } from './xml-characters.js';

/** C0 controls that are not white space, DEL and the C1 block: allowed or not by XML, never part of a text for people. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this expression is about
const CONTROLS = /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F]/g;
const PLAIN_LINE = /^[!-~]+(?: [!-~]+)*$/;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Makes one clean line of a text: control characters removed, every run of white space folded into one space, outer spaces off.
 *
 * @param text plain text; HTML goes through `htmlToText` first
 */
export function oneLine(text: string): string {
  if (PLAIN_LINE.test(text)) return text;
  return removeForbiddenCharacters(text.replace(CONTROLS, ''))
    .replace(/[\s\u0085]+/g, ' ')
    .trim();
}

/**
 * Cuts a text at Amazon's limit without breaking what a reader sees as one character: an emoji, a letter with its accents.
 *
 * @param maxLength characters (code points), as Amazon's schema counts them
 * @returns the text itself when it fits, else its longest whole part that does, without trailing spaces
 */
export function cutText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const end = codePointOffset(text, maxLength);
  if (end >= text.length) return text;
  // The window reaches beyond the cut, so that the segmenter sees what the cut would tear apart.
  const segment = graphemes.segment(text.slice(0, end + 64)).containing(end);
  // A single "character" longer than the limit (a letter under hundreds of accents) can only be cut through.
  const whole = segment === undefined || segment.index === 0 ? end : segment.index;
  return text.slice(0, whole).trimEnd();
}

/** The length of a text in code points, which is how XML Schema counts. */
export function codePointLength(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

function codePointOffset(text: string, codePoints: number): number {
  let offset = 0;
  for (let passed = 0; passed < codePoints && offset < text.length; passed += 1) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}
