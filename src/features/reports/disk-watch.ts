import { statfs } from 'node:fs/promises';
import { defineError, messageOf } from '../../core/errors.js';
import type { Logger } from '../../core/logger.js';
import type { Journal } from '../journal/journal.js';
import type { SettingService } from '../settings/setting-service.js';

const MIB = 1_048_576;

export const DisplayRefused = defineError<DiskState>(
  'DISPLAY_REFUSED',
  409,
  ({ freeMib, neededMib }) =>
    `Expected ${neededMib} MiB of free disk space for the documents of a display, got ${freeMib} MiB. Free some, or lower the setting "low-disk-mib"; verify and send go on.`,
);

/** The disk of the data folder; tests fill it without writing. */
export interface DiskSpace {
  freeBytes(): Promise<number>;
}

/** The disk on which a folder lies. */
export function diskSpaceOf(folder: string): DiskSpace {
  return {
    freeBytes: async () => {
      const { blocks, bavail, bsize } = await statfs(folder);
      // A file system without a size says nothing about room; what is wrong with it shows when something is written.
      return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
    },
  };
}

export interface DiskState {
  readonly freeMib: number;
  /** Below this the service archives less. */
  readonly neededMib: number;
}

export interface DiskWatchParts {
  readonly disk: DiskSpace;
  readonly settings: Pick<SettingService, 'get'>;
  readonly journal: Pick<Journal, 'write' | 'list'>;
  readonly logger: Logger;
}

/** Knows whether the disk is nearly full: then the service archives less, and goes on sending. */
export class DiskWatch {
  readonly #on: DiskWatchParts;
  /** What the journal says last; null = not read yet. */
  #told: boolean | null = null;

  constructor(parts: DiskWatchParts) {
    this.#on = parts;
  }

  /** @returns null while there is room enough, else how much there is */
  async shortage(): Promise<DiskState | null> {
    const neededMib = await this.#on.settings.get('low-disk-mib', { kind: 'global' });
    const freeMib = Math.floor((await this.#on.disk.freeBytes()) / MIB);
    return freeMib < neededMib ? { freeMib, neededMib } : null;
  }

  /**
   * Looks whether the disk is nearly full, and writes into the journal when that has begun or ended; whichever process sees it first.
   *
   * @returns false too when the system does not say how much is free: nobody shall go without an archive for that
   */
  async isLow(): Promise<boolean> {
    try {
      const shortage = await this.shortage();
      // A full disk may keep the journal from being written as well; it is told there by a later look.
      await this.#tell(shortage).catch((error: unknown) =>
        this.#on.logger.warn('The journal does not say how full the disk is', { reason: messageOf(error) }),
      );
      return shortage !== null;
    } catch (error) {
      this.#on.logger.warn('Nobody knows how full the disk is', { reason: messageOf(error) });
      return false;
    }
  }

  async #tell(shortage: DiskState | null): Promise<void> {
    const { journal } = this.#on;
    const isLow = shortage !== null;
    if (this.#told === isLow) return;
    if ((await this.#lastTold()) !== isLow) await journal.write(shortage === null ? ENDED : begun(shortage));
    this.#told = isLow;
  }

  async #lastTold(): Promise<boolean> {
    const { journal } = this.#on;
    const [began] = await journal.list({ code: 'disk-low', limit: 1 });
    const [ended] = await journal.list({ code: ENDED.code, limit: 1 });
    return (began?.id ?? 0) > (ended?.id ?? 0);
  }
}

const ENDED = {
  level: 'info',
  code: 'disk-enough',
  message: 'There is room on the disk again: everything is archived as before.',
} as const;

function begun({ freeMib, neededMib }: DiskState) {
  const message = `The disk is nearly full: ${freeMib} MiB are free, and ${neededMib} MiB should be. Run logs leave out unchanged items, displays are refused, and documents are removed once Amazon has answered; sending goes on. Free some disk space.`;
  return { level: 'error', code: 'disk-low', message } as const;
}
