/** A text found for a language, and whether it had to come from another one. */
export interface FoundText {
  readonly text: string;
  readonly fallback: boolean;
}

const NOTHING: FoundText = { text: '', fallback: false };

/** One field in the shop's languages; a translation may be missing or empty. */
export class TranslatedText {
  readonly #texts = new Map<number, string>();

  add(languageId: number, text: string): void {
    if (text !== '') this.#texts.set(languageId, text);
  }

  get empty(): boolean {
    return this.#texts.size === 0;
  }

  /**
   * The text in a language, else in the shop's default language, else in any that has one (the lowest id).
   *
   * @param languageId undefined when the shop lacks the language
   */
  in(languageId: number | undefined, defaultLanguageId: number): FoundText {
    const wanted = languageId === undefined ? undefined : this.#texts.get(languageId);
    if (wanted !== undefined) return { text: wanted, fallback: false };
    if (this.#texts.size === 0) return NOTHING;
    const other = this.#texts.get(defaultLanguageId) ?? this.#texts.get(Math.min(...this.#texts.keys()));
    return { text: other ?? '', fallback: true };
  }
}
