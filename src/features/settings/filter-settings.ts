import { amount, idSet, onOff, someOf } from './basic-kinds.js';
import { conditionMap } from './condition-map-kind.js';
import { offerSetting } from './setting-definition.js';
import { orWord } from './setting-kind.js';

const PRICE_UNIT = "the marketplace's currency, tax included, before any rule";

/** What is sold on a marketplace at all, and which parts of it are sent. */
export const filterSettings = {
  parts: offerSetting(someOf(['offer', 'price', 'quantity', 'metadata', 'images']), 'offer,price,quantity', {
    description: 'What an export sends of each item.',
  }),
  categories: offerSetting(idSet('all'), 'all', {
    description: 'Only items in one of these shop categories are sold.',
  }),
  'excluded-manufacturers': offerSetting(idSet('none'), 'none', {
    description: 'Items of these manufacturers are not sold.',
  }),
  'excluded-suppliers': offerSetting(idSet('none'), 'none', {
    description: 'Items of these suppliers are not sold.',
  }),
  'price-filter-from': offerSetting(orWord('none', amount), 'none', {
    unit: PRICE_UNIT,
    description: 'Cheaper items are not sold.',
  }),
  'price-filter-to': offerSetting(orWord('none', amount), 'none', {
    unit: PRICE_UNIT,
    description: 'Dearer items are not sold.',
  }),
  'refuse-hidden': offerSetting(onOff, 'off', {
    description: 'Whether an item that the shop shows nowhere (visibility "none") is not sold.',
  }),
  'condition-map': offerSetting(conditionMap, 'new=New,refurbished=Refurbished', {
    description: "Which of Amazon's conditions each condition of the shop is; one that is left out cannot be created.",
  }),
};
