import { cadence, onOff, wholeNumber } from './basic-kinds.js';
import { ONLY_GLOBAL, type SettingDefinition } from './setting-definition.js';

const schedule = (initial: string, description: string): SettingDefinition<string> => ({
  kind: cadence,
  scopes: ONLY_GLOBAL,
  default: initial,
  unit: 'crontab fields',
  description,
  entersOffers: false,
});

/** When and how the service works; nothing of it changes an offer. */
export const operationSettings = {
  sending: {
    kind: onOff,
    scopes: ['account'],
    default: 'off',
    unit: '',
    description: 'Whether anything may be sent to the account at all.',
    entersOffers: false,
  } satisfies SettingDefinition<boolean>,
  'products-per-claim': {
    kind: wholeNumber(1, 100_000),
    scopes: ONLY_GLOBAL,
    default: '2000',
    unit: 'products',
    description: 'How many products an export takes from the queue at a time.',
    entersOffers: false,
  } satisfies SettingDefinition<number>,
  'export-cadence': schedule('*/5 * * * *', 'When the queue is exported.'),
  'fetch-reports-cadence': schedule('* * * * *', 'When Amazon is asked for the answers to feeds.'),
  'sweep-cadence': schedule('*/15 * * * *', 'When the whole catalogue is compared with what was seen last.'),
};
