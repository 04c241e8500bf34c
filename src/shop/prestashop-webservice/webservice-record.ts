import { type ExactPrice, parsePrice } from '../../core/money.js';
import { WebserviceFieldMissing } from './webservice-errors.js';

/** One element of an answer: its attributes, its own text, its children. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** One product, stock row, … of an answer. A field that was asked for and is not there is an error, never an empty value. */
export class WebserviceRecord {
  readonly #element: XmlElement;
  readonly #fields: ReadonlyMap<string, XmlElement>;

  constructor(element: XmlElement) {
    this.#element = element;
    this.#fields = new Map(element.children.map((child) => [child.name, child]));
  }

  get id(): number {
    return this.integer('id');
  }

  /** @throws WebserviceFieldMissing */
  text(field: string): string {
    return this.#field(field).text;
  }

  /** A whole number; an empty field (NULL) is 0. */
  integer(field: string): number {
    const text = this.text(field).trim();
    if (text === '') return 0;
    if (!/^-?\d{1,15}$/.test(text)) throw this.#wrong(field, JSON.stringify(text.slice(0, 40)));
    return Number(text);
  }

  /** A whole number that must be there: nothing may be taken for 0. */
  quantity(field: string): number {
    if (this.text(field).trim() === '') throw this.#wrong(field, 'nothing in it');
    return this.integer(field);
  }

  flag(field: string): boolean {
    return this.integer(field) !== 0;
  }

  /** A decimal, exactly; an empty field (NULL) is 0. */
  decimal(field: string): ExactPrice {
    const text = this.text(field).trim();
    return text === '' ? 0n : parsePrice(text);
  }

  /** A date or time as the shop keeps it; null for none and for the zero date. */
  date(field: string): string | null {
    const text = this.text(field).trim();
    return text === '' || text.startsWith('0000') ? null : text;
  }

  /** A translated field by language id; empty ones are there too. */
  translations(field: string): readonly (readonly [languageId: number, text: string])[] {
    const languages = this.#field(field).children.filter((child) => child.name === 'language');
    return languages.map(({ attributes, text }) => [Number(attributes.id ?? 0), text]);
  }

  /** What is linked to it, such as the categories of a product; empty when nothing is. */
  associated(name: string): readonly WebserviceRecord[] {
    const found = this.#fields.get('associations')?.children.find((child) => child.name === name);
    return (found?.children ?? []).map((child) => new WebserviceRecord(child));
  }

  /** Names of its fields, for schemas. */
  get fieldNames(): readonly string[] {
    return [...this.#fields.keys()];
  }

  #field(name: string): XmlElement {
    const field = this.#fields.get(name);
    if (field === undefined) throw this.#wrong(name, 'none');
    return field;
  }

  #wrong(field: string, received: string): Error {
    return new WebserviceFieldMissing({ field: `${this.#element.name}.${field}`, received });
  }
}
