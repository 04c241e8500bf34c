/** The only key that the server takes. */
export const TEST_KEY = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** An answer as it goes over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  /** Below /api: "products/12". */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}
