import { describe, expect, it } from 'vitest';
import { linkSignals } from '../../../src/amazon/linked-signal.js';

describe('linkSignals', () => {
  it.each(['lasting', 'caller'] as const)('follows the %s signal', (which) => {
    const controllers = { lasting: new AbortController(), caller: new AbortController() };
    const { signal } = linkSignals(controllers.lasting.signal, controllers.caller.signal);
    expect(signal.aborted).toBe(false);
    controllers[which].abort();
    expect(signal.aborted).toBe(true);
  });

  it('is aborted from the start when either already is', () => {
    const live = new AbortController().signal;
    expect(linkSignals(AbortSignal.abort(), live).signal.aborted).toBe(true);
    expect(linkSignals(live, AbortSignal.abort()).signal.aborted).toBe(true);
  });

  it('no longer follows once it is unlinked', () => {
    const lasting = new AbortController();
    const link = linkSignals(lasting.signal, new AbortController().signal);
    link.unlink();
    lasting.abort();
    expect(link.signal.aborted).toBe(false);
  });

  it('is the lasting signal itself for a call without one', () => {
    const lasting = new AbortController().signal;
    expect(linkSignals(lasting, undefined).signal).toBe(lasting);
  });
});
