import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { DocumentFault } from '../../src/simulator/processing/survey-feed.js';
import { type ElementFacts, loadElementFacts, type Particle } from './xsd-facts.js';
import { SequenceReader } from './xsd-sequence.js';
import { valueFault } from './xsd-value.js';

/**
 * A check of feed documents made from Amazon's facts alone, not from schemas of ours: order, counts, choices, lengths, lists, digits.
 *
 * It reads in one pass and holds one path of elements. After a child in the wrong place the rest of its parent is not judged.
 *
 * @returns for the document of a message type its faults, in order; empty when it is valid
 */
export function xsdFactsValidator(): (messageType: string, xml: string) => readonly DocumentFault[] {
  const header = loadElementFacts('Header');
  const envelopes = new Map<string, ElementFacts>();
  return (messageType, xml) => {
    const envelope = envelopes.get(messageType) ?? envelopeFacts(messageType, header);
    envelopes.set(messageType, envelope);
    return new DocumentValidator(envelope).validate(xml);
  };
}

/** @source facts on the envelope: Header, MessageType, MarketplaceName?, PurgeAndReplace?, EffectiveDate?, Message+ */
function envelopeFacts(messageType: string, header: ElementFacts): ElementFacts {
  const operations = ['Update', 'Delete', 'PartialUpdate'];
  const message = leaf(
    'Message',
    {},
    {
      max: Number.POSITIVE_INFINITY,
      inside: [
        leaf('MessageID', { base: 'positiveInteger', pattern: '\\d{1,20}' }),
        leaf('OperationType', { base: 'string', enum: operations }, { min: 0 }),
        loadElementFacts(messageType),
      ],
    },
  );
  return leaf(
    'AmazonEnvelope',
    {},
    {
      inside: [
        header,
        leaf('MessageType', { base: 'string', enum: [messageType] }),
        leaf('MarketplaceName', { base: 'string' }, { min: 0 }),
        leaf('PurgeAndReplace', { base: 'boolean' }, { min: 0 }),
        leaf('EffectiveDate', { base: 'dateTime' }, { min: 0 }),
        message,
      ],
    },
  );
}

function leaf(
  name: string,
  value: ElementFacts['value'],
  { min = 1, max = 1, inside = [] }: { min?: number; max?: number; inside?: readonly ElementFacts[] } = {},
): ElementFacts {
  const particles = inside.map((element): Particle => ({ kind: 'element', element }));
  return { name, min, max, value, attributes: {}, particles, open: false };
}

interface OpenElement {
  readonly facts: ElementFacts;
  readonly sequence: SequenceReader;
  text: string;
}

class DocumentValidator {
  readonly #envelope: ElementFacts;
  readonly #parser = new SaxesParser();
  readonly #open: OpenElement[] = [];
  readonly #faults: DocumentFault[] = [];
  /** Elements opened inside one that is not judged any more. */
  #ignored = 0;
  #messageId: string | null = null;

  constructor(envelope: ElementFacts) {
    this.#envelope = envelope;
    this.#parser.on('opentag', (tag) => this.#opened(tag));
    this.#parser.on('text', (text) => this.#addText(text));
    this.#parser.on('cdata', (text) => this.#addText(text));
    this.#parser.on('closetag', (tag) => this.#closed(tag.name));
  }

  validate(xml: string): readonly DocumentFault[] {
    let broken: Error | null = null;
    this.#parser.on('error', (error) => {
      broken ??= error;
    });
    this.#parser.write(xml).close();
    if (broken !== null) this.#fault((broken as Error).message);
    return this.#faults;
  }

  #opened(tag: SaxesTagPlain): void {
    const parent = this.#open.at(-1);
    if (this.#ignored > 0 || parent?.sequence.givenUp) {
      this.#ignored += 1;
      return;
    }
    if (this.#open.length === 1 && tag.name === 'Message') this.#messageId = null;
    const found = parent ? parent.sequence.take(tag.name) : this.#root(tag.name);
    if (typeof found === 'string') {
      this.#fault(found);
      if (parent) parent.sequence.givenUp = true;
      this.#ignored += 1;
      return;
    }
    if (found.open) this.#ignored += 1;
    else this.#open.push({ facts: found, sequence: new SequenceReader(found.particles), text: '' });
    // The envelope's own attributes say where its schema lies.
    if (this.#open.length > 1) this.#checkAttributes(found, tag.attributes);
  }

  #root(name: string): ElementFacts | string {
    return name === this.#envelope.name ? this.#envelope : `<${name}> is not expected, but ${this.#envelope.name}`;
  }

  #addText(text: string): void {
    const open = this.#open.at(-1);
    if (open && this.#ignored === 0) open.text += text;
  }

  #closed(name: string): void {
    if (this.#ignored > 0) {
      this.#ignored -= 1;
      return;
    }
    const element = this.#open.pop();
    if (element === undefined) return;
    if (name === 'MessageID' && /^\d{1,20}$/.test(element.text)) this.#messageId = element.text;
    const missing = element.sequence.missingAtEnd();
    if (missing !== null) this.#fault(`<${name}> ends, but ${missing} is missing`);
    if (element.facts.particles.length === 0) {
      const fault = valueFault(element.facts.value, element.text);
      if (fault !== null) this.#fault(`<${name}> ${fault}`);
    } else if (element.text.trim() !== '') this.#fault(`<${name}> holds text beside elements`);
  }

  #checkAttributes(facts: ElementFacts, given: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(facts.attributes)) {
      const text = given[name];
      if (text === undefined) {
        if (value.use === 'required') this.#fault(`<${facts.name}> lacks the attribute ${name}`);
        continue;
      }
      const fault = valueFault(value, text);
      if (fault !== null) this.#fault(`<${facts.name}> ${name}: ${fault}`);
    }
    const unknown = Object.keys(given).find((name) => !(name in facts.attributes));
    if (unknown !== undefined) this.#fault(`<${facts.name}> has an unknown attribute ${unknown}`);
  }

  #fault(text: string): void {
    const { line, column } = this.#parser;
    this.#faults.push({ line, column, messageId: this.#messageId, text });
  }
}
