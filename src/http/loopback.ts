const LOOPBACK_NAMES = new Set(['localhost', '::1', '[::1]']);

/** Whether a host name or address means this machine and nothing else. */
export function isLoopback(host: string): boolean {
  return LOOPBACK_NAMES.has(host) || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(host);
}
