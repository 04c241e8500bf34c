import { cadence, onOff, wholeNumber } from './basic-kinds.js';
import { type OfferEffect, ONLY_GLOBAL, type SettingDefinition } from './setting-definition.js';

const inert = (because: string): OfferEffect => ({ reach: 'nothing', because });

const schedule = (initial: string, description: string): SettingDefinition<string> => ({
  kind: cadence,
  scopes: ONLY_GLOBAL,
  default: initial,
  unit: 'crontab fields',
  description,
  offers: inert('It says when the work is done, not what comes of it.'),
});

const days = (initial: string, description: string): SettingDefinition<number> => ({
  kind: wholeNumber(1, 10_000),
  scopes: ONLY_GLOBAL,
  default: initial,
  unit: 'days',
  description,
  offers: inert('It says how long files are kept, not what is sent.'),
});

/** When and how the service works; nothing of it changes an offer. */
export const operationSettings = {
  sending: {
    kind: onOff,
    scopes: ['account'],
    default: 'off',
    unit: '',
    description: 'Whether anything may be sent to the account at all.',
    offers: inert('Marks are made and kept while nothing may be sent, so they wait when it may again.'),
  } satisfies SettingDefinition<boolean>,
  'shop-writes': {
    kind: onOff,
    scopes: ONLY_GLOBAL,
    default: 'off',
    unit: '',
    description: 'Whether references and stock may be written to the shop, by its Webservice.',
    offers: inert('It says who may write to the shop; what is written is seen as any change of the shop.'),
  } satisfies SettingDefinition<boolean>,
  'products-per-claim': {
    kind: wholeNumber(1, 100_000),
    scopes: ONLY_GLOBAL,
    default: '2000',
    unit: 'products',
    description: 'How many products an export takes from the queue at a time.',
    offers: inert('It divides the work, and all of it is done.'),
  } satisfies SettingDefinition<number>,
  'max-document-age-ms': {
    kind: wholeNumber(1_000, 86_400_000),
    scopes: ONLY_GLOBAL,
    default: '300000',
    unit: 'milliseconds',
    description: 'How old the figures of a document may be when it is sent; an older one is made again.',
    offers: inert('It says how fresh the figures are when they go, not what they are.'),
  } satisfies SettingDefinition<number>,
  'held-zeroings-go-after': {
    kind: wholeNumber(0, 10_080),
    scopes: ONLY_GLOBAL,
    default: '60',
    unit: 'minutes',
    description:
      'After how long listings that the guard keeps from 0 are brought to 0 without a word; 0 = only a person releases them.',
    offers: inert('It says when held values go, not what they are; what goes is marked when it is released.'),
  } satisfies SettingDefinition<number>,
  'keep-documents-days': days('400', 'How long documents sent and answers received are kept, once they are settled.'),
  'keep-run-logs-days': days('400', 'How long the log of a run is kept.'),
  'keep-latencies-days': days('90', 'How long it is kept how much time each change took to reach Amazon.'),
  'keep-unchanged-log-lines-days': days(
    '14',
    "How long a run's log keeps the lines of items of which nothing went and against which nothing stood.",
  ),
  'low-disk-mib': {
    kind: wholeNumber(0, 1_048_576),
    scopes: ONLY_GLOBAL,
    default: '1024',
    unit: 'MiB',
    description: 'With less free space than this the service archives less, and goes on sending; 0 = never.',
    offers: inert('It says what is kept of the work, not what is sent.'),
  } satisfies SettingDefinition<number>,
  'export-cadence': schedule('*/5 * * * *', 'When the queue is exported.'),
  'fetch-reports-cadence': schedule('* * * * *', 'When Amazon is asked for the answers to feeds.'),
  'stock-sweep-cadence': schedule(
    '* * * * *',
    'When the stock of every product, and the prices that the clock changes, are compared with what was seen last.',
  ),
  'sweep-cadence': schedule('*/15 * * * *', 'When the whole catalogue is compared with what was seen last.'),
};
