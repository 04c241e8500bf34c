/** The languages of the demo shop, ISO 639-1, in the order of every `Localized` text. */
export const demoLanguages = ['fr', 'de', 'en', 'es', 'it'] as const;

export type DemoLanguage = (typeof demoLanguages)[number];

/** One text in the five languages of the demo shop. */
export type Localized = readonly [fr: string, de: string, en: string, es: string, it: string];

/** The same text in every language: names, sizes, numbers. */
export function everywhere(text: string): Localized {
  return [text, text, text, text, text];
}

/** Makes a localized text by applying one function to each language. */
export function localize(make: (language: DemoLanguage, index: number) => string): Localized {
  const one = (index: 0 | 1 | 2 | 3 | 4) => make(demoLanguages[index], index);
  return [one(0), one(1), one(2), one(3), one(4)];
}

/** The text of one language by its place in `demoLanguages`. */
export function textAt(text: Localized, index: number): string {
  return text[index] ?? text[0];
}
