import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { defineError } from './errors.js';

/** Length of an AES-256 key. */
export const SEALING_KEY_BYTES = 32;

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORM = /^v1\.([0-9a-f]{8})\.([A-Za-z0-9_-]+)$/;

export const SealingKeyUnknown = defineError<{ keyId: string; known: readonly string[] }>(
  'SEALING_KEY_UNKNOWN',
  500,
  ({ keyId, known }) =>
    `A secret was sealed with the key ${keyId}, but this process has only ${known.join(', ')}. ` +
    'Put back the key file or FEEDBRIDGE_KEY it was sealed with, or store the secret again.',
);

export const SealedTextDamaged = defineError<{ reason: string }>(
  'SEALED_TEXT_DAMAGED',
  500,
  ({ reason }) => `Expected a sealed secret as it was stored, got ${reason}. Store the secret again.`,
);

/** Seals secrets for our tables and opens them again; the keys never leave it. */
export interface Sealer {
  /** The text as `v1.KEYID.BASE64URL`, different every time. */
  seal(text: string): string;
  /**
   * The text that was sealed.
   *
   * @throws SealingKeyUnknown when it was sealed with a key that is not here, SealedTextDamaged when it was altered
   */
  open(sealed: string): string;
  /** True when the newest key is not the one it was sealed with: open it and seal it again to finish a rotation. */
  isOutdated(sealed: string): boolean;
}

/**
 * Makes a sealer: AES-256-GCM with a random nonce for each text and the key's id before it.
 *
 * @param keys 32 bytes each; the first one seals, all of them open, so that a new key can be put before the old one
 */
export function createSealer(keys: readonly [Buffer, ...Buffer[]]): Sealer {
  const newest = keys[0];
  const newestId = keyId(newest);
  const byId = new Map(keys.map((key) => [keyId(key), key]));
  return {
    seal: (text) => `v1.${newestId}.${encrypt(newest, text).toString('base64url')}`,
    open: (sealed) => {
      const parts = FORM.exec(sealed);
      if (parts === null) throw new SealedTextDamaged({ reason: `${sealed.length} characters of another form` });
      const [, id = '', body = ''] = parts;
      const key = byId.get(id);
      if (key === undefined) throw new SealingKeyUnknown({ keyId: id, known: [...byId.keys()] });
      return decrypt(key, Buffer.from(body, 'base64url'));
    },
    isOutdated: (sealed) => !sealed.startsWith(`v1.${newestId}.`),
  };
}

/** A name for a key that tells nothing about it. */
function keyId(key: Buffer): string {
  return createHash('sha256').update('feedbridge key id').update(key).digest('hex').slice(0, 8);
}

function encrypt(key: Buffer, text: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function decrypt(key: Buffer, bytes: Buffer): string {
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new SealedTextDamaged({ reason: 'a cut text' });
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new SealedTextDamaged({ reason: 'an altered text' }, { cause: error });
  }
}
