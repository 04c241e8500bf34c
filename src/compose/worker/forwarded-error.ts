import { z } from 'zod';
import { FeedbridgeError, isRetryable, messageOf } from '../../core/errors.js';
import { describeError } from '../../http/describe-error.js';

/** An error on its way between two processes. */
export const forwardedErrorSchema = z.object({
  /** Null for an error that is none of ours: pages then say nothing of it. */
  code: z.string().nullable(),
  status: z.number(),
  retryable: z.boolean(),
  message: z.string(),
});

type ForwardedTraits = z.output<typeof forwardedErrorSchema>;

/** An error of ours that was thrown in another process of the service; code, status and sentence are the thrown one's. */
class ForwardedError extends FeedbridgeError {
  readonly code: string;
  readonly status: number;
  readonly retryable: boolean;

  constructor(traits: ForwardedTraits & { readonly code: string }) {
    super(traits.message);
    this.name = traits.code;
    this.code = traits.code;
    this.status = traits.status;
    this.retryable = traits.retryable;
  }
}

/** What of an error goes to the other process. */
export function packError(thrown: unknown): ForwardedTraits {
  const { status, code, message } = describeError(thrown);
  if (message === null) return { code: null, status, retryable: false, message: messageOf(thrown) };
  return { code, status, retryable: isRetryable(thrown), message };
}

/** The error as this process throws it on: to pages, API and logs it is what it was in the other one. */
export function unpackError({ code, ...traits }: ForwardedTraits): Error {
  return code === null ? new Error(traits.message) : new ForwardedError({ ...traits, code });
}
