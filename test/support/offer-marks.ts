import { systemClock } from '../../src/core/clock.js';
import type { Db } from '../../src/db/open-database.js';
import { ListingService } from '../../src/features/listings/listing-service.js';
import { NOTHING_MARKED, OfferMarks } from '../../src/features/queue/offer-marks.js';
import { QueueService } from '../../src/features/queue/queue-service.js';
import type { SettingEffects } from '../../src/features/settings/setting-service.js';
import { KnownProducts } from '../../src/features/sweep/known-products.js';

/** The marks of whole marketplaces, as the program makes them. */
export function offerMarksOn(db: Db): OfferMarks {
  return new OfferMarks(new QueueService(db, systemClock), new KnownProducts(db, new ListingService(db)));
}

/** For tests of what else a setting does: nothing is listed, and nothing is marked. */
export const noSettingEffects: SettingEffects = {
  countListings: () => Promise.resolve(0),
  takeTurn: () => Promise.resolve(),
  offersChanged: () => Promise.resolve(NOTHING_MARKED),
};
