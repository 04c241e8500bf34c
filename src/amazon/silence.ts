import type { AxiosError } from 'axios';
import type { FeedbridgeError } from '../core/errors.js';
import { CallAborted, Unreachable } from './amazon-errors.js';
import type { AnswerOrigin } from './parse-answer.js';

// Node's codes for what goes wrong before a byte of the request is sent.
const BEFORE_SENDING: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'a refused connection'],
  ['ENOTFOUND', 'an unknown host name'],
  ['EAI_AGAIN', 'no answer of the name server'],
  ['EHOSTUNREACH', 'no route to the host'],
  ['ENETUNREACH', 'no route to the network'],
]);
const AFTER_SENDING: ReadonlyMap<string, string> = new Map([
  ['ECONNABORTED', 'no whole answer in time'],
  ['ETIMEDOUT', 'no whole answer in time'],
  ['ECONNRESET', 'a connection that was cut'],
  ['EPIPE', 'a connection that was cut'],
  ['ERR_BAD_RESPONSE', 'an answer that broke off or was too long'],
  ['ERR_CANCELED', 'no answer before the call was ended here'],
]);
const CERTIFICATE_FAULT = /CERT|SELF_SIGNED|UNABLE_TO/;

/**
 * Describes a call that got no whole answer.
 *
 * The axios error is not kept as cause: it holds the token, and the form with the client secret.
 *
 * @returns CallAborted when its caller ended it, else Unreachable with the reason in words and Node's code
 */
export function silenceOf(error: AxiosError, origin: AnswerOrigin): FeedbridgeError {
  if (error.code === 'ERR_CANCELED') return new CallAborted({ operation: origin.operation });
  return new Unreachable({ ...origin, reason: silenceReason(error) });
}

/** Why there is no whole answer: "a connection that was cut (ECONNRESET)". */
export function silenceReason(error: AxiosError): string {
  const code = error.code ?? 'no code';
  const known = BEFORE_SENDING.get(code) ?? AFTER_SENDING.get(code);
  if (known !== undefined) return `${known} (${code})`;
  return CERTIFICATE_FAULT.test(code) ? `a certificate that is not trusted (${code})` : `a network failure (${code})`;
}

/** Tells whether the request certainly never left: true only where Node says so. */
export function wasNeverSent(error: AxiosError): boolean {
  const code = error.code ?? '';
  if (BEFORE_SENDING.has(code) || CERTIFICATE_FAULT.test(code)) return true;
  if (code === 'ERR_CANCELED') return error.request === undefined;
  return (
    code === 'ETIMEDOUT' && error.cause !== undefined && 'syscall' in error.cause && error.cause.syscall === 'connect'
  );
}
