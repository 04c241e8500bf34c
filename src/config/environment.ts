import { resolve } from 'node:path';
import { z } from 'zod';
import type { Configuration } from './configuration.js';
import { readMysqlUrl } from './mysql-url.js';
import type { Reading } from './reading.js';
import { readSealingKeys, SEALING_KEY_FORM } from './sealing-keys-text.js';
import { readShopSetting } from './shop-setting.js';
import { readWebserviceUrl } from './webservice-url.js';

const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'silent'] as const;

/** Says what is wrong with a setting. `received` must hold no secret. */
function faultText(fault: { expected: string; received: string; fix: string }): string {
  return `expected ${fault.expected}, got ${fault.received}. ${fault.fix}`;
}

/** A text setting with its reader; the default stands in where nothing is set. */
function setting<T>(fallback: string, read: (text: string) => Reading<T>, fix: string) {
  return z
    .string()
    .default(fallback)
    .transform((text, context): T => {
      const reading = read(text);
      if ('value' in reading) return reading.value;
      context.addIssue({ code: 'custom', message: faultText({ ...reading, fix }) });
      return z.NEVER;
    });
}

/**
 * Every setting of the environment: its default, its meaning, and whether it is secret. Secret ones are also taken from
 * the file that NAME_FILE names, and their values are never repeated in a message.
 *
 * @param workingFolder absolute; relative paths start there
 */
export function environmentSchema(workingFolder: string) {
  return z.object({
    FEEDBRIDGE_DATABASE: setting(
      'sqlite:var/feedbridge.sqlite',
      (text) => readDatabase(text, workingFolder),
      'Leave FEEDBRIDGE_DATABASE out for a file under var/, or correct the URL.',
    ).meta({ secret: true }),
    FEEDBRIDGE_SHOP: setting(
      'demo',
      readShopSetting,
      'Leave FEEDBRIDGE_SHOP out for the demo shop, or correct it.',
    ).meta({ secret: true }),
    FEEDBRIDGE_DATA: setting('var', (text) => ({ value: resolve(workingFolder, text) }), 'Name a folder.'),
    FEEDBRIDGE_SHOP_WEBSERVICE: setting(
      '',
      readWebservice,
      'Leave FEEDBRIDGE_SHOP_WEBSERVICE out when nothing is to be written to the shop, or correct the URL.',
    ).meta({ secret: true }),
    FEEDBRIDGE_KEY: setting(
      '',
      readKeys,
      'Make one with "openssl rand -base64 32", or leave it out for a key file.',
    ).meta({
      secret: true,
    }),
    HOST: setting('127.0.0.1', readHost, 'Use 127.0.0.1 for this machine only, 0.0.0.0 for all of its addresses.'),
    PORT: setting('3000', readPort, 'Use 3000, or 0 for any free port.'),
    LOG_LEVEL: setting('info', readLogLevel, 'Use info.'),
  });
}

/** The settings as the schema reads them. */
type Environment = z.infer<ReturnType<typeof environmentSchema>>;

/** The same settings by the names that the program uses. */
export function configurationOf(environment: Environment): Configuration {
  return {
    databaseUrl: environment.FEEDBRIDGE_DATABASE,
    shop: environment.FEEDBRIDGE_SHOP,
    dataFolder: environment.FEEDBRIDGE_DATA,
    shopWebserviceUrl: environment.FEEDBRIDGE_SHOP_WEBSERVICE,
    sealingKeys: environment.FEEDBRIDGE_KEY,
    host: environment.HOST,
    port: environment.PORT,
    logLevel: environment.LOG_LEVEL,
  };
}

function readDatabase(text: string, workingFolder: string): Reading<string> {
  if (text.startsWith('sqlite:')) {
    const file = text.slice('sqlite:'.length);
    if (file === '') return { expected: 'sqlite:FILE', received: 'no file after "sqlite:"' };
    return { value: `sqlite:${resolve(workingFolder, file)}` };
  }
  const expected = 'sqlite:FILE or mysql://USER:PASSWORD@HOST:PORT/DATABASE';
  if (!text.startsWith('mysql://')) return { expected, received: 'a text that begins with neither' };
  const url = readMysqlUrl(text);
  return 'value' in url ? { value: text } : { ...url, expected };
}

function readWebservice(text: string): Reading<string | null> {
  if (text === '') return { value: null };
  const url = readWebserviceUrl(text);
  if ('expected' in url) return url;
  const { search } = url.value;
  return search === '' ? { value: text } : { expected: 'https://KEY@HOST/PATH/api', received: 'something after /api' };
}

function readKeys(text: string): Reading<readonly Buffer[]> {
  if (text === '') return { value: [] };
  const keys = readSealingKeys(text);
  return keys === null
    ? { expected: SEALING_KEY_FORM, received: `${text.length} characters that are not` }
    : { value: keys };
}

function readHost(text: string): Reading<string> {
  const good = /^[\w.:-]+$/.test(text);
  return good ? { value: text } : { expected: 'a host name or address', received: JSON.stringify(text) };
}

function readPort(text: string): Reading<number> {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535
    ? { value: port }
    : { expected: 'a whole number from 0 to 65535', received: JSON.stringify(text) };
}

function readLogLevel(text: string): Reading<(typeof LOG_LEVELS)[number]> {
  const level = LOG_LEVELS.find((one) => one === text);
  return level === undefined ? { expected: LOG_LEVELS.join(', '), received: JSON.stringify(text) } : { value: level };
}
