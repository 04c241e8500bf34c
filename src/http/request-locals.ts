/** A login as the middleware needs it. */
export interface PageSession {
  /** Null for the automatic local login. */
  readonly userId: number | null;
  readonly userName: string;
  readonly csrfToken: string;
}

/** What every page says of the marketplaces: which there are, which one scopes the page, and in which zone times are shown. */
export interface PageScope {
  readonly choices: readonly { readonly name: string; readonly active: boolean }[];
  /** `ACCOUNT/FR`, or null for all of them. */
  readonly selected: string | null;
  /** IANA zone of the shop. */
  readonly timeZone: string;
}

declare global {
  namespace Express {
    interface Locals {
      requestId?: string;
      /** The name of the API token in use. */
      program?: string;
      session?: PageSession;
      scope?: PageScope;
    }
  }
}
