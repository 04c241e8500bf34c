import { defineError } from '../../core/errors.js';

export const NoticeUnsigned = defineError(
  'NOTICE_UNSIGNED',
  401,
  'Expected the headers X-Feedbridge-Key, X-Feedbridge-Timestamp (seconds since 1970) and X-Feedbridge-Signature (64 hexadecimal digits). ' +
    '"feedbridge shop hook-key create NAME" makes a key.',
);

export const NoticeSignatureWrong = defineError(
  'NOTICE_SIGNATURE_WRONG',
  401,
  'The signature is not that of a known key over "timestamp.body". Check key id and secret, and that exactly the bytes that were signed are sent.',
);

export const NoticeOutOfTime = defineError<{ skewSeconds: number; mostSeconds: number }>(
  'NOTICE_OUT_OF_TIME',
  403,
  ({ skewSeconds, mostSeconds }) =>
    `Expected a timestamp at most ${mostSeconds} seconds from now, got one ${Math.abs(skewSeconds)} seconds ${skewSeconds < 0 ? 'ago' : 'ahead'}. ` +
    'Sign at the moment of sending, and set the clocks of both machines.',
);

export const NoticeReplayed = defineError<{ nonce: string }>(
  'NOTICE_REPLAYED',
  409,
  ({ nonce }) =>
    `The nonce ${nonce} belongs to another batch that was taken before. Give each batch a nonce of its own; nothing was changed.`,
);

export const NoticeUnreadable = defineError(
  'NOTICE_UNREADABLE',
  400,
  'Expected a JSON object in UTF-8, got something else.',
);

export const TooManyBadSignatures = defineError<{ minutes: number }>(
  'TOO_MANY_BAD_SIGNATURES',
  429,
  ({ minutes }) =>
    `Too many notices with a wrong signature. Those with a right one are taken as ever; check the secret, and wait ${minutes} minutes for another answer than this.`,
);
