import type { ShopReading } from './shop-identity.js';

/** Runs a reading in one repeatable-read transaction, with the driver's errors translated. */
export type ReadTransaction = <T>(read: (reading: ShopReading) => Promise<T>) => Promise<T>;
