import { SaxesParser } from 'saxes';

export interface XmlEvents {
  /** Called at each start tag, with the names from the root down: "/AmazonEnvelope/Message/MessageID". */
  onOpen?(path: string): void;
  /** Called at each end tag, with the text that stands directly in the element. */
  onClose(path: string, text: string): void;
}

/** Why a document cannot be read to its end. `refused`: it declares a document type, which XML from outside must not. */
export interface XmlFault {
  readonly kind: 'empty' | 'cut' | 'not-xml' | 'refused';
  /** Without a full stop, for example "unclosed tag: Message". */
  readonly reason: string;
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
}

/** A fault as a sentence. */
export function describeXmlFault(fault: XmlFault): string {
  return `Line ${fault.line}, column ${fault.column}: ${fault.reason}.`;
}

/** An element name below another; made once per name, so that paths are not put together anew for a million messages. */
interface PathNode {
  readonly path: string;
  readonly children: Map<string, PathNode>;
}

/**
 * Reads XML from outside chunk by chunk, in constant memory, without entities, document types or any other file.
 *
 * It never throws for what the document holds: the first fault is kept and all further text ignored. Exceptions of the events'
 * own functions pass through.
 */
export class XmlReader {
  readonly #parser = new SaxesParser();
  readonly #open: { node: PathNode; text: string }[] = [{ node: { path: '', children: new Map() }, text: '' }];
  #fault: XmlFault | null = null;
  #sawText = false;
  #ending = false;

  constructor(events: XmlEvents) {
    this.#parser.on('error', (error) => this.#fail(error));
    this.#parser.on('doctype', (name) => this.#refuse(name));
    this.#parser.on('opentagstart', (tag) => this.#enter(tag.name, events));
    this.#parser.on('closetag', () => this.#leave(events));
    this.#parser.on('text', (text) => this.#collect(text));
    this.#parser.on('cdata', (text) => this.#collect(text));
  }

  /** The first fault met so far. */
  get fault(): XmlFault | null {
    return this.#fault;
  }

  write(chunk: string): void {
    if (this.#fault !== null) return;
    this.#sawText ||= /\S/.test(chunk);
    this.#parser.write(chunk);
  }

  /** Ends the document and tells what was wrong with it, if anything was. */
  end(): XmlFault | null {
    if (this.#fault === null && !this.#ending) {
      this.#ending = true;
      this.#parser.close();
    }
    return this.#fault;
  }

  #enter(name: string, events: XmlEvents): void {
    if (this.#fault !== null) return;
    const parent = this.#open[this.#open.length - 1]?.node;
    if (parent === undefined) return;
    let node = parent.children.get(name);
    if (node === undefined) {
      node = { path: `${parent.path}/${name}`, children: new Map() };
      parent.children.set(name, node);
    }
    this.#open.push({ node, text: '' });
    events.onOpen?.(node.path);
  }

  #leave(events: XmlEvents): void {
    if (this.#fault !== null) return;
    const element = this.#open.pop();
    if (element !== undefined) events.onClose(element.node.path, element.text);
  }

  #collect(text: string): void {
    const element = this.#open[this.#open.length - 1];
    if (element !== undefined) element.text += text;
  }

  #refuse(documentType: string): void {
    const name = documentType.trim().split(/\s/, 1)[0] ?? '';
    this.#keep('refused', `a document type (${name.slice(0, 40)}) is declared, which is never read from outside`);
  }

  /** Whatever is missing only once the text has ended was cut off; all else was wrong where it stood. */
  #fail(error: Error): void {
    const kind = this.#ending ? 'cut' : 'not-xml';
    const reason = error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
    if (this.#sawText) this.#keep(kind, reason);
    else this.#keep('empty', 'there is no text at all');
  }

  #keep(kind: XmlFault['kind'], reason: string): void {
    const { line, column } = this.#parser;
    this.#fault ??= { kind, reason, line, column };
  }
}
