import { type DemoLanguage, demoLanguages } from '../words/localized.js';
import { DEMO_SHOP_IDS, type DemoTables, flag } from './demo-row.js';

/** Ids as an international shop has them: the default language is not number 1. */
const LANGUAGE_IDS: Readonly<Record<DemoLanguage, number>> = { en: 1, fr: 2, de: 3, es: 4, it: 5 };

const NAMES: Readonly<Record<DemoLanguage, string>> = {
  en: 'English (English)',
  fr: 'Français (French)',
  de: 'Deutsch (German)',
  es: 'Español (Spanish)',
  it: 'Italiano (Italian)',
};

/** Installed and switched off: nothing may read its texts. */
const INACTIVE_LANGUAGE_ID = 6;

export const DEFAULT_LANGUAGE_ID = LANGUAGE_IDS.fr;

/** Every active language with its id and its place in a `Localized` text. */
export const languagePlaces: readonly { readonly languageId: number; readonly at: number }[] = demoLanguages.map(
  (language, at) => ({ languageId: LANGUAGE_IDS[language], at }),
);

/** Rows of ps_lang and ps_lang_shop. */
export function languageRows(): DemoTables {
  const active = demoLanguages.map((language) => languageRow(LANGUAGE_IDS[language], language, NAMES[language]));
  const inactive = { ...languageRow(INACTIVE_LANGUAGE_ID, 'nl', 'Nederlands (Dutch)'), active: flag(false) };
  return {
    lang: [...active, inactive],
    lang_shop: DEMO_SHOP_IDS.flatMap((shopId) =>
      languagePlaces.map(({ languageId }) => ({ id_lang: languageId, id_shop: shopId })),
    ),
  };
}

function languageRow(languageId: number, iso: string, name: string) {
  const region = iso === 'en' ? 'GB' : iso.toUpperCase();
  const locale = `${iso}-${region}`;
  return { id_lang: languageId, name, active: flag(true), iso_code: iso, language_code: locale.toLowerCase(), locale };
}
