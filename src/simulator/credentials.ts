/** What an account needs to log in to the simulated Amazon. */
export interface SimulatorCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

const REFRESH_PREFIX = 'Atzr|simulated-';

/** The one login of a simulated seller. It protects nothing: the simulator listens on this machine only and holds invented listings. */
export function simulatorCredentials(sellerId: string): SimulatorCredentials {
  return {
    clientId: 'amzn1.application-oa2-client.simulated',
    clientSecret: 'amzn1.oa2-cs.v1.simulated',
    refreshToken: REFRESH_PREFIX + sellerId,
  };
}

/** The seller who gave a refresh token, or null when no simulated one did. */
export function sellerOfRefreshToken(refreshToken: string): string | null {
  return refreshToken.startsWith(REFRESH_PREFIX) ? refreshToken.slice(REFRESH_PREFIX.length) : null;
}
