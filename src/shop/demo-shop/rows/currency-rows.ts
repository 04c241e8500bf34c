import { type DemoTables, flag } from './demo-row.js';
import { languagePlaces } from './language-rows.js';

/** Euro and pound are in use; kronor are not known at all, złoty were deleted once. */
export const CURRENCY_IDS = { EUR: 1, GBP: 2 } as const;

/** What the shop's people set for one euro; the outlet has a rate of its own. */
const GBP_RATE = '0.865000';
const OUTLET_GBP_RATE = '0.880000';

const EVERYWHERE = { EUR: ['Euro', '€'], GBP: ['GBP', '£'] } as const;

/** Rows of ps_currency, ps_currency_shop and ps_currency_lang. */
export function currencyRows(): DemoTables {
  const { EUR, GBP } = CURRENCY_IDS;
  return {
    currency: [
      currency(EUR, ['Euro', 'EUR', '978'], { rate: '1.000000', deleted: false }),
      currency(GBP, ['Pound sterling', 'GBP', '826'], { rate: GBP_RATE, deleted: false }),
      currency(3, ['Złoty', 'PLN', '985'], { rate: '4.270000', deleted: true }),
    ],
    currency_shop: [
      { id_currency: EUR, id_shop: 1, conversion_rate: '1.000000' },
      { id_currency: EUR, id_shop: 2, conversion_rate: '1.000000' },
      { id_currency: GBP, id_shop: 1, conversion_rate: GBP_RATE },
      { id_currency: GBP, id_shop: 2, conversion_rate: OUTLET_GBP_RATE },
    ],
    currency_lang: Object.entries(EVERYWHERE).flatMap(([iso, [name, symbol]]) =>
      languagePlaces.map(({ languageId }) => ({
        id_currency: iso === 'EUR' ? EUR : GBP,
        id_lang: languageId,
        name,
        symbol,
        pattern: '#,##0.00 ¤',
      })),
    ),
  };
}

function currency(
  id: number,
  [name, iso, numeric]: readonly [string, string, string],
  state: { rate: string; deleted: boolean },
) {
  return {
    id_currency: id,
    name,
    iso_code: iso,
    numeric_iso_code: numeric,
    precision: 2,
    conversion_rate: state.rate,
    deleted: flag(state.deleted),
    active: flag(!state.deleted),
  };
}
