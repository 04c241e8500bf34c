import type { Region } from '../../amazon/regions.js';

/** How offers are written for Amazon; order feeds are XML in any case. */
export type FeedFormat = 'xml' | 'json';

/** `needs-authorization`: Amazon takes the refresh token no more; nothing is sent until a new one is stored. */
export type AccountState = 'active' | 'needs-authorization';

/** The base URL that means our own local Amazon, whose address is known only while it runs. */
export const SIMULATOR = 'simulator';

/** One seller authorization at Amazon: one region, one refresh token, several marketplaces. Without its secrets. */
export interface Account {
  readonly id: number;
  readonly name: string;
  readonly region: Region;
  readonly shopId: number;
  readonly sellerId: string;
  /** An absolute URL, or "simulator". */
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly feedFormat: FeedFormat;
  readonly state: AccountState;
  /** When its listings were last read whole; null = never, and then nothing may be sent to it. */
  readonly listingsReadAtMs: number | null;
  /** When a person released the first send to it; null = never, and then it is held. */
  readonly firstReleasedAtMs: number | null;
  readonly simulator: boolean;
}

/** One Amazon country of one account. */
export interface Marketplace {
  readonly id: number;
  readonly accountId: number;
  readonly accountName: string;
  readonly shopId: number;
  /** As people say it: FR, DE, UK. */
  readonly country: string;
  /** Amazon's own id, for example A13V1IB3VIYZZH. */
  readonly amazonId: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly active: boolean;
  /** A sentence; empty while active. */
  readonly inactiveReason: string;
}

/** What an access token is asked for with. Never logged, never shown. */
export interface AccountCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}
