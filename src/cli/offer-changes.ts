import type { Feedbridge } from '../compose.js';
import { FeedbridgeError } from '../core/errors.js';
import type { MarkedProducts } from '../features/queue/offer-marks.js';
import { changesOffers, type SettingChange } from '../features/settings/setting-change.js';
import { SkuSourceInUse } from '../features/settings/setting-errors.js';
import type { OfferPreview } from '../features/settings/setting-preview.js';
import type { SkuSourceEffect } from '../features/settings/sku-source-preview.js';
import { agrees } from './ask-person.js';
import type { CommandLine } from './command-line.js';
import { counted, figure } from './plain-words.js';

/** What a person was told of a change before it is made, and whether it may be made. */
export interface ChangeConsent {
  readonly agreed: boolean;
  /** Null where it could not be counted. */
  readonly preview: OfferPreview | null;
}

/**
 * Says how many offers a change of a setting would make others, and asks where somebody can be asked and any would be.
 *
 * @param silent asks nothing: there was a word of consent, or another question follows
 */
export async function consentToChange(
  change: SettingChange,
  silent: boolean,
  { program, cli }: { readonly program: Feedbridge; readonly cli: CommandLine },
): Promise<ChangeConsent> {
  const counting = await countOffers(change, program);
  const { preview } = counting;
  if (!changesOffers(change)) return { agreed: true, preview };
  if (!silent && preview?.changedOffers !== 0) return { agreed: await agrees(counting.sentence, cli), preview };
  cli.remark(counting.sentence);
  return { agreed: true, preview };
}

/**
 * Says what another SKU source would do to listings that exist, and asks where somebody can be asked.
 *
 * @param yes `--yes` was given: nobody is asked
 * @returns null where nothing was to be asked, since no listing feels it
 * @throws SkuSourceInUse when there is nobody to ask, or a person refused
 */
export async function consentToSkuSource(
  change: SettingChange,
  yes: boolean,
  { program, cli }: { readonly program: Feedbridge; readonly cli: CommandLine },
): Promise<SkuSourceEffect | null> {
  if (change.name !== 'sku-source' || !changesOffers(change)) return null;
  const effect = await program.skuSourcePreview.count(change);
  if (effect.listings === 0) return null;
  const { listings, withdrawn, created } = effect;
  const changed = `Another sku-source gives items another key: of ${counted(listings, 'SKU')} at Amazon ${figure(withdrawn)} would be withdrawn (brought to 0) and ${counted(created, 'new one')} created.`;
  const kept = listings - withdrawn;
  const sentence =
    kept === 0
      ? changed
      : `${changed} The other ${figure(kept)} stay: their items keep that key, or would have none that can be used and are followed downward only.`;
  if (!yes && !(cli.mayAsk && (await agrees(sentence, cli)))) throw new SkuSourceInUse({ listings, effect: sentence });
  if (yes) cli.remark(sentence);
  return effect;
}

/** "Marked 200 products (800 marks)." */
export function markedText({ products, marks }: MarkedProducts): string {
  return `Marked ${counted(products, 'product')} (${counted(marks, 'mark')}).`;
}

/** A shop that does not answer, or a stored value that is no longer taken, must not keep a person from changing a setting. */
async function countOffers(
  change: SettingChange,
  { settingPreview }: Feedbridge,
): Promise<{ readonly preview: OfferPreview | null; readonly sentence: string }> {
  try {
    const preview = await settingPreview.count(change);
    return { preview, sentence: sentenceOf(preview) };
  } catch (error) {
    if (!(error instanceof FeedbridgeError)) throw error;
    return { preview: null, sentence: `How many offers would change cannot be counted: ${error.message}` };
  }
}

function sentenceOf({ products, computedProducts, offers, changedOffers }: OfferPreview): string {
  if (products === 0) return 'No product is known there yet, so no offer would change.';
  const all = computedProducts === products;
  const computed = all
    ? `all ${counted(products, 'product')} computed`
    : `estimated from ${figure(computedProducts)} of ${counted(products, 'product')}`;
  return `${all ? '' : 'About '}${figure(changedOffers)} of ${counted(offers, 'offer')} would change (${computed}).`;
}
