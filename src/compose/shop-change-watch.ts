import { OfferMarks } from '../features/queue/offer-marks.js';
import { NoticeDrain } from '../features/shop-changes/notice-drain.js';
import { OutboxDrain } from '../features/shop-changes/outbox-drain.js';
import { ShopChangeMarks } from '../features/shop-changes/shop-change-marks.js';
import { ShopChangeWatch, type WatchTimes } from '../features/shop-changes/shop-change-watch.js';
import type { Ground } from './assemble-ground.js';

/**
 * Puts together what looks for changes that the shop tells us of; it waits to be started.
 *
 * @param times left out = a second for the outbox, five for notices that nobody woke it for
 */
export function shopChangeWatch(ground: Ground, times?: WatchTimes): ShopChangeWatch {
  const { outbox, notices } = ground;
  const shopChanges = shopChangeMarks(ground);
  const drain = outbox === null ? null : new OutboxDrain({ ...ground, outbox, shopChanges });
  return new ShopChangeWatch({
    ...ground,
    notices: new NoticeDrain({ ...ground, inbox: notices, shopChanges }),
    outbox: outbox && drain && { state: () => outbox.state(), drain: (signal) => drain.drain(signal) },
    ...(times ? { times } : {}),
  });
}

/** Puts together the one way from what the shop tells us to the queue. */
export function shopChangeMarks(ground: Ground): ShopChangeMarks {
  return new ShopChangeMarks({ ...ground, offerMarks: new OfferMarks(ground.queue, ground.known) });
}
