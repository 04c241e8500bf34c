import { SEALING_KEY_BYTES } from '../core/sealed-text.js';

/** What a good sealing key looks like, for messages. */
export const SEALING_KEY_FORM = `${SEALING_KEY_BYTES} random bytes in base64 or ${2 * SEALING_KEY_BYTES} hexadecimal digits`;

/**
 * Reads sealing keys from a text.
 *
 * @param text one key, or several separated by commas or line ends: the first seals, all of them open
 * @returns the keys in their order, or null when one is malformed or there is none
 */
export function readSealingKeys(text: string): readonly Buffer[] | null {
  const keys = text
    .split(/[,\s]+/)
    .filter((part) => part !== '')
    .map(readKey);
  const good = keys.filter((key) => key !== null);
  return good.length === keys.length && good.length > 0 ? good : null;
}

function readKey(text: string): Buffer | null {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, 'hex');
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return null;
  const key = Buffer.from(text, 'base64');
  return key.length === SEALING_KEY_BYTES ? key : null;
}
