import { amount, idSet, onOff, someOf } from './basic-kinds.js';
import { conditionMap } from './condition-map-kind.js';
import { offerSetting, stopSetting } from './setting-definition.js';
import { orWord } from './setting-kind.js';

const PRICE_UNIT = "the marketplace's currency, tax included, before any rule";

/** What is sold on a marketplace at all, and which parts of it are sent. */
export const filterSettings = {
  parts: stopSetting(someOf(['offer', 'price', 'quantity', 'metadata', 'images']), 'offer,price,quantity', {
    description: 'What an export sends of each item.',
    because: 'What is not among them is neither computed nor sent; the quantity among them is of the whole account.',
  }),
  categories: stopSetting(idSet('all'), 'all', {
    description: 'Only items in one of these shop categories are sold.',
    because: 'Items outside are stopped.',
  }),
  'excluded-manufacturers': stopSetting(idSet('none'), 'none', {
    description: 'Items of these manufacturers are not sold.',
    because: 'Their items are stopped.',
  }),
  'excluded-suppliers': stopSetting(idSet('none'), 'none', {
    description: 'Items of these suppliers are not sold.',
    because: 'Their items are stopped.',
  }),
  'price-filter-from': stopSetting(orWord('none', amount), 'none', {
    unit: PRICE_UNIT,
    description: 'Cheaper items are not sold.',
    because: 'Cheaper items are stopped.',
  }),
  'price-filter-to': stopSetting(orWord('none', amount), 'none', {
    unit: PRICE_UNIT,
    description: 'Dearer items are not sold.',
    because: 'Dearer items are stopped.',
  }),
  'refuse-hidden': stopSetting(onOff, 'off', {
    description: 'Whether an item that the shop shows nowhere (visibility "none") is not sold.',
    because: 'Hidden items are stopped or not.',
  }),
  'condition-map': offerSetting(conditionMap, 'new=New,refurbished=Refurbished', {
    description: "Which of Amazon's conditions each condition of the shop is; one that is left out cannot be created.",
    because: 'It gives the condition of an offer, or the fault that it has none.',
  }),
};
