/**
 * Where a fault can be drawn. Every request passes `request` once, after its token was checked and before it has any effect; every feed
 * passes `feed` once, when its time has come to be applied.
 */
export type FaultPlace =
  | { readonly at: 'request'; readonly operation: string; readonly sellerId: string }
  | { readonly at: 'feed'; readonly feedType: string; readonly feedId: string; readonly sellerId: string };

/** `answer` refuses a request without effect; `end` ends a feed without applying or reporting anything. */
export type Fault =
  | { readonly kind: 'answer'; readonly status: 429 | 503 }
  | { readonly kind: 'end'; readonly status: 'FATAL' | 'CANCELLED' };

/** Decides what goes wrong; null = nothing. */
export type FaultSource = (place: FaultPlace) => Fault | null;

export const noFaults: FaultSource = () => null;
