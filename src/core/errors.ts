/** What an error tells its reader beside the sentence: the closed code, the HTTP status, and whether trying again can help. */
export interface ErrorTraits {
  readonly code: string;
  readonly status: number;
  readonly retryable: boolean;
}

/** The base of every error of ours; `message` says what was expected, what came, and what to do. */
export abstract class FeedbridgeError extends Error implements ErrorTraits {
  abstract readonly code: string;
  abstract readonly status: number;
  abstract readonly retryable: boolean;

  toJSON(): { code: string; message: string } {
    return { code: this.code, message: this.message };
  }
}

export interface ErrorOptionsFor {
  readonly cause?: unknown;
}

type MessageOf<D> = string | ((details: D) => string);

/** A constructor made by `defineError`: `new OrderLost({ orderId }, { cause })`. */
export interface DefinedError<D> {
  new (details: D, options?: ErrorOptionsFor): FeedbridgeError & { readonly details: D };
  readonly code: string;
}

/**
 * Makes one error class with a fixed code and status.
 *
 * @param code upper snake case, unique in the project
 * @param status the HTTP status the error becomes at the edge
 * @param message a sentence, or a function of the details that makes one: expected, received, what to do
 * @param traits retryable: true when the same call may succeed later without a person (default false)
 * @returns an error class whose instances keep `details` and `cause`
 */
export function defineError<D = Record<string, never>>(
  code: string,
  status: number,
  message: MessageOf<D>,
  traits: { readonly retryable?: boolean } = {},
): DefinedError<D> {
  return class extends FeedbridgeError {
    static readonly code = code;
    readonly code = code;
    readonly status = status;
    readonly retryable = traits.retryable ?? false;
    readonly details: D;

    constructor(details: D, options?: ErrorOptionsFor) {
      super(typeof message === 'string' ? message : message(details), options);
      this.name = code;
      this.details = details;
    }
  };
}

/** Tells whether an unknown thrown value is an error of ours that may succeed on a later try. */
export function isRetryable(error: unknown): boolean {
  return error instanceof FeedbridgeError && error.retryable;
}

/** The sentence of an unknown thrown value, for logs and journals. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
