/** What an operation answers; `body` undefined = an empty body. */
export interface ApiAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** One checked call of an operation. */
export interface ApiCall {
  readonly sellerId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export type ApiOperation = (call: ApiCall) => Promise<ApiAnswer>;

/** An answer with Amazon's error body. */
export function refusal(status: number, code: string, message: string, details = ''): ApiAnswer {
  return { status, body: { errors: [{ code, message, details }] } };
}

export function invalidInput(details: string): ApiAnswer {
  return refusal(400, 'InvalidInput', 'One or more request parameters are invalid.', details);
}

export function notFound(details: string): ApiAnswer {
  return refusal(404, 'NotFound', 'The resource you requested was not found.', details);
}
