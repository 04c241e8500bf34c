import { z } from 'zod';
import { defineError } from '../../core/errors.js';
import type { Part } from '../offers/offer-settings.js';

export const ContradictingOptions = defineError<{ reason: string }>(
  'CONTRADICTING_OPTIONS',
  400,
  ({ reason }) => reason,
);

/** Options of the export; the same names in CLI, API, crontab and screen. */
export const exportOptionsSchema = z.strictObject({
  /** Title, description, manufacturer, browse node, tags, bullets and the product's Amazon options. */
  extendedData: z.boolean().default(false),
  images: z.boolean().default(false),
  noPrice: z.boolean().default(false),
  pricesOnly: z.boolean().default(false),
  stockOnly: z.boolean().default(false),
  /** Handling time goes with the quantity. */
  handlingTime: z.boolean().default(false),
  /** Matching: offers that Amazon lacks are created by EAN, UPC or ASIN. */
  create: z.boolean().default(false),
  /** Products marked for deletion are taken off Amazon, not only brought to 0. */
  erase: z.boolean().default(false),
  /** The entire catalogue, also what Amazon has already accepted. */
  all: z.boolean().default(false),
  /** Only products whose fingerprint changed since that instant (ISO 8601). */
  since: z.iso.datetime({ offset: true }).nullable().default(null),
  /** Only these products: what else waits is left to other runs. */
  products: z.array(z.number().int().positive()).max(10_000).nullable().default(null),
  account: z.string().nullable().default(null),
  /** `FR` or `ACCOUNT/FR`. */
  marketplace: z.string().nullable().default(null),
});

export type ExportOptions = z.output<typeof exportOptionsSchema>;

/**
 * Reads options from an outside caller.
 *
 * @throws ZodError for a wrong type or name; ContradictingOptions for two that cannot go together
 */
export function parseExportOptions(input: unknown): ExportOptions {
  const options = exportOptionsSchema.parse(input);
  if (options.pricesOnly && options.stockOnly)
    throw new ContradictingOptions({
      reason: 'Expected either prices only or stock only, got both. Leave both out to send both.',
    });
  if (options.pricesOnly && options.noPrice)
    throw new ContradictingOptions({
      reason: 'Expected either prices only or no price, got both: nothing would be sent.',
    });
  if (options.stockOnly && (options.extendedData || options.images || options.create))
    throw new ContradictingOptions({
      reason: 'Stock only sends quantities and nothing else. Leave out extended data, images and create.',
    });
  if (options.pricesOnly && (options.extendedData || options.images || options.create))
    throw new ContradictingOptions({
      reason: 'Prices only sends prices and nothing else. Leave out extended data, images and create.',
    });
  return options;
}

/** The parts that a run handles on a marketplace: what its settings export, narrowed and widened by the options. */
export function partsOf(options: ExportOptions, settings: ReadonlySet<Part>): ReadonlySet<Part> {
  if (options.stockOnly) return only('quantity', settings);
  if (options.pricesOnly) return only('price', settings);
  const parts = new Set(settings);
  if (options.noPrice) parts.delete('price');
  if (options.extendedData) parts.add('metadata');
  if (options.images) parts.add('images');
  return parts;
}

/** A marketplace that does not export a part gets none of it, whatever a run is limited to. */
function only(part: Part, settings: ReadonlySet<Part>): ReadonlySet<Part> {
  return new Set(settings.has(part) ? [part] : []);
}
