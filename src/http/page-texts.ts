import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What the braces of a text are filled with; `count` chooses between its singular and its plural. */
export type TextFigures = Readonly<Record<string, string | number>>;

const textsSchema = z.record(z.string(), z.string());

/** The texts of the pages in one language, by key. */
export class PageTexts {
  readonly language: string;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #plural: Intl.PluralRules;
  readonly #numbers: Intl.NumberFormat;

  /** @param language ISO 639-1; its texts are in `locales/LANGUAGE.json` of the folder */
  constructor(folder: string, language: string) {
    this.language = language;
    const file = readFileSync(join(folder, 'locales', `${language}.json`), 'utf8');
    this.#texts = new Map(Object.entries(textsSchema.parse(JSON.parse(file))));
    this.#plural = new Intl.PluralRules(language);
    this.#numbers = new Intl.NumberFormat(language);
  }

  /**
   * The text of a key, with its braces filled; a text with a count may have forms `KEY.one` and `KEY.other`.
   *
   * @returns the key itself where there is no such text, so that a page with a fault in it is still a page
   */
  text(key: string, figures: TextFigures = {}): string {
    const form = typeof figures.count === 'number' ? `${key}.${this.#plural.select(figures.count)}` : key;
    const text = this.#texts.get(form) ?? this.#texts.get(key) ?? this.#texts.get(`${key}.other`) ?? key;
    return text.replace(/\{(\w+)\}/g, (braces, name: string) => {
      const figure = figures[name];
      return typeof figure === 'number' ? this.#numbers.format(figure) : (figure ?? braces);
    });
  }

  /** Whether there is a text under this key. */
  has(key: string): boolean {
    return this.#texts.has(key);
  }
}
