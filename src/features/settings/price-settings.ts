import { amount, isoCountry, oneOf, onOff, rate, wholeNumber } from './basic-kinds.js';
import { priceRules } from './price-rule-kind.js';
import { offerSetting, stopSetting } from './setting-definition.js';
import { orWord } from './setting-kind.js';

const PRICE_UNIT = "the marketplace's currency, tax included";

/** From the shop's price to Amazon's. */
export const priceSettings = {
  'customer-group': stopSetting(orWord('visitor', wholeNumber(1, 4_294_967_295)), 'visitor', {
    description: 'The customer group whose prices are taken: an id, or the group of a visitor who has not logged in.',
    because: "It gives the shop's price, which the price filter stops items by.",
  }),
  'tax-country': stopSetting(orWord('marketplace', isoCountry), 'marketplace', {
    description: "The country whose tax is in the price; by default the marketplace's own.",
    because: 'It gives the tax in the price, which the price filter stops items by.',
  }),
  'fixed-rate': stopSetting(orWord('none', rate), 'none', {
    unit: "units of the marketplace's currency for one of the shop's default currency",
    description: 'The exchange rate that is used where the shop lacks the currency.',
    because: 'It gives the price where the shop lacks the currency, which the price filter stops items by.',
  }),
  'price-rules': offerSetting(priceRules, 'none', {
    unit: PRICE_UNIT,
    description: "Changes of the shop's price by ranges; the first range that holds the price decides.",
    because: 'They change the price.',
  }),
  rounding: offerSetting(oneOf(['none', 'one-digit', 'two-digits', 'attractive']), 'none', {
    description: "How the price is rounded after the rules; none = to the currency's own decimals.",
    because: 'It changes the price.',
  }),
  'attractive-ending': offerSetting(wholeNumber(0, 99), '99', {
    unit: 'minor units, 99 = x.99',
    description: 'What prices end in when the rounding is "attractive".',
    because: 'It changes the price.',
  }),
  'minimum-price': offerSetting(orWord('none', amount), 'none', {
    unit: PRICE_UNIT,
    description: 'A lower price is withheld.',
    because: 'It withholds prices.',
  }),
  'maximum-price': offerSetting(orWord('none', amount), 'none', {
    unit: PRICE_UNIT,
    description: 'A higher price is withheld.',
    because: 'It withholds prices.',
  }),
  'refuse-below-cost': offerSetting(onOff, 'off', {
    description: "Whether a price below the item's cost is withheld.",
    because: 'It withholds prices.',
  }),
};
