import { decodeEntities } from './html-entities.js';
import { oneLine } from './plain-text.js';

const LETTER = /[a-zA-Z]/;
const TAG_NAME = /[a-zA-Z][a-zA-Z0-9]*/y;

/** Tags whose edges part a text into lines; cells are parted by a space; all other tags vanish without a trace. */
const LINE_TAGS = new Set(
  'address article aside blockquote br center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul'.split(
    ' ',
  ),
);
const CELL_TAGS = new Set(['td', 'th']);
/** Tags whose content is not text for people. */
const UNREAD_TAGS = new Set(['script', 'style', 'template', 'iframe', 'svg', 'title']);

/**
 * Turns the HTML of a shop into the plain text that Amazon accepts.
 *
 * Tags are taken off, scripts and styles dropped with their content, entities decoded once; `<br>`, paragraphs, list items and
 * table rows become lines. Every line is clean (see `oneLine`), empty ones are left out. The work grows with the length of
 * the input alone, whatever it holds: nothing is looked at twice for every tag.
 *
 * @param html of any quality, or plain text; a `<` that begins no tag stays a character
 * @returns lines parted by "\n"
 * @source Amazon product detail page rules: no HTML in descriptions since July 2021
 */
export function htmlToText(html: string): string {
  // Line ends of an HTML source are mere spaces, those of a plain text are meant.
  const text = html.includes('<') ? textOutsideTags(html.replace(/[\r\n]/g, ' ')) : html;
  const lines = decodeEntities(text).split('\n').map(oneLine);
  return lines.filter((line) => line !== '').join('\n');
}

function textOutsideTags(html: string): string {
  const endOfTag = tagEndFinder(html);
  let text = '';
  let at = 0;
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', at)) {
    text += html.slice(at, open);
    const tag = readTag(html, open, endOfTag);
    text += tag.text;
    at = tag.end;
  }
  return text + html.slice(at);
}

interface ReadTag {
  /** What the tag leaves in the text. */
  readonly text: string;
  /** Offset of the first character after it. */
  readonly end: number;
}

function readTag(html: string, open: number, endOfTag: (from: number) => number): ReadTag {
  const next = html[open + 1] ?? '';
  if (html.startsWith('<!--', open)) return { text: '', end: afterOrEnd(html, '-->', open + 2) };
  const closing = next === '/';
  if (!closing && next !== '!' && next !== '?' && !LETTER.test(next)) return { text: '<', end: open + 1 };
  const close = endOfTag(open + 1);
  if (close < 0) return { text: '<', end: open + 1 };
  TAG_NAME.lastIndex = closing ? open + 2 : open + 1;
  const name = TAG_NAME.exec(html)?.[0].toLowerCase() ?? '';
  if (!closing && UNREAD_TAGS.has(name)) return { text: ' ', end: endOfUnread(html, name, close + 1) };
  return { text: separatorOf(name), end: close + 1 };
}

function separatorOf(name: string): string {
  if (LINE_TAGS.has(name)) return '\n';
  return CELL_TAGS.has(name) ? ' ' : '';
}

/** The end tag of a script is looked for without regard to case; a script that never ends takes the rest with it. */
function endOfUnread(html: string, name: string, from: number): number {
  const endTag = new RegExp(`</${name}`, 'gi');
  endTag.lastIndex = from;
  const found = endTag.exec(html);
  return found === null ? html.length : afterOrEnd(html, '>', found.index);
}

function afterOrEnd(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found < 0 ? html.length : found + mark.length;
}

/**
 * Finds where a tag ends, minding that an attribute may hold a ">" between quotes.
 *
 * A quote that is never closed is met once: from then on quotes are not minded any more, and once no ">" is left none is looked
 * for again. Without these two memories 100 kB of "<a" would take minutes.
 */
function tagEndFinder(html: string): (from: number) => number {
  let quotesClose = true;
  let anyLeft = true;
  return (from) => {
    if (!anyLeft) return -1;
    const end = quotesClose ? endOutsideQuotes(html, from) : -1;
    if (end >= 0) return end;
    quotesClose = false;
    const plainEnd = html.indexOf('>', from);
    anyLeft = plainEnd >= 0;
    return plainEnd;
  };
}

function endOutsideQuotes(html: string, from: number): number {
  let quote = '';
  let afterEquals = false;
  for (let at = from; at < html.length; at += 1) {
    const character = html[at] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '>') {
      return at;
    } else if (afterEquals && (character === '"' || character === "'")) {
      quote = character;
    }
    if (character !== ' ') afterEquals = character === '=';
  }
  return -1;
}
