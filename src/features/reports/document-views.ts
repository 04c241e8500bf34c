import { createInterface } from 'node:readline';
import { prettyXml, XmlNotPrintable } from '../../../feeds/xml/pretty-xml.js';
import type { Archive } from './archive.js';

/** A page of a document's messages, indented. */
export interface DocumentPage {
  /** A whole envelope that holds just these messages. */
  readonly xml: string;
  /** Number of the first message shown, from 1; 0 when the page is empty. */
  readonly first: number;
  readonly last: number;
  readonly more: boolean;
}

/** A piece of an XML text, for colours. */
export interface XmlToken {
  readonly kind: 'tag' | 'text';
  readonly text: string;
}

/** Amazon's answer as far as a page can show it. */
export interface AnswerText {
  readonly text: string;
  /** False when only its beginning is shown. */
  readonly whole: boolean;
}

const MESSAGES_PER_PAGE = 20;
const ANSWER_CHARACTERS = 256 * 1_024;

/** Shows archived documents page by page; never more than a page of one is in memory. */
export class DocumentViews {
  readonly #archive: Archive;

  constructor(archive: Archive) {
    this.#archive = archive;
  }

  /**
   * One page of the messages of an archived feed document, just as they were written.
   *
   * @param page from 1
   * @throws ArchivedFileMissing; XmlNotPrintable when the file is damaged
   */
  async page(path: string, page: number): Promise<DocumentPage> {
    const start: string[] = [];
    const messages: string[] = [];
    const skipped = (page - 1) * MESSAGES_PER_PAGE;
    let seen = 0;
    for await (const piece of this.#pieces(path)) {
      if (!piece.startsWith('<Message>')) {
        if (seen === 0) start.push(piece);
        continue;
      }
      seen += 1;
      if (seen > skipped + MESSAGES_PER_PAGE) break;
      if (seen > skipped) messages.push(piece);
    }
    const isEnd = start.at(-1)?.startsWith('</') === true;
    const xml = prettyXml([...start, ...messages, ...(isEnd ? [] : ['</AmazonEnvelope>'])].join('\n'));
    const first = messages.length === 0 ? 0 : skipped + 1;
    return { xml, first, last: skipped + messages.length, more: seen > skipped + MESSAGES_PER_PAGE };
  }

  /** Amazon's answer, indented when it is small and well-formed, else its beginning as it came. */
  async answer(path: string): Promise<AnswerText> {
    let text = '';
    const input = await this.#archive.open(path);
    input.setEncoding('utf8');
    for await (const chunk of input) {
      text += String(chunk);
      if (text.length > ANSWER_CHARACTERS) break;
    }
    input.destroy();
    if (text.length > ANSWER_CHARACTERS) return { text: text.slice(0, ANSWER_CHARACTERS), whole: false };
    return { text: indented(text), whole: true };
  }

  /** Lines, but a message whose texts hold line ends is one piece. */
  async *#pieces(path: string): AsyncGenerator<string> {
    const input = await this.#archive.open(path);
    let message = '';
    try {
      for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
        if (message === '' && !line.startsWith('<Message>')) {
          yield line;
          continue;
        }
        message += message === '' ? line : `\n${line}`;
        if (!line.endsWith('</Message>')) continue;
        yield message;
        message = '';
      }
    } finally {
      input.destroy();
    }
  }
}

/** Cuts an XML text into tags and what is between them; joined again it is the same text. */
export function xmlTokens(xml: string): readonly XmlToken[] {
  return xml
    .split(/(<[^<>]*>)/)
    .filter((piece) => piece !== '')
    .map((text) => ({ kind: text.startsWith('<') && text.endsWith('>') ? 'tag' : 'text', text }));
}

function indented(text: string): string {
  try {
    return prettyXml(text);
  } catch (error) {
    if (error instanceof XmlNotPrintable) return text;
    throw error;
  }
}
