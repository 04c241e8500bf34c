import { z } from 'zod';
import { FeedbridgeError } from '../../../core/errors.js';
import { type InputFault, InvalidInput } from '../../../http/http-errors.js';
import { type ExportOptions, parseExportOptions } from '../export-options.js';
import type { RunMode } from '../run/run.js';

/** Options that are a tick on the page, in its order. */
export const TICKED_OPTIONS = [
  'extendedData',
  'images',
  'noPrice',
  'pricesOnly',
  'stockOnly',
  'handlingTime',
  'all',
  'create',
] as const;

/** What a person has entered, as entered. */
export interface SynchronizationDraft {
  /** Names of what is ticked: options, `display` and `send`. */
  readonly ticked: ReadonlySet<string>;
  readonly products: string;
}

/** What the form asks for. A send is always preceded by a check, whose page says what will change. */
export interface SynchronizationOrder {
  readonly mode: Exclude<RunMode, 'send'>;
  readonly options: ExportOptions;
  readonly thenSend: boolean;
}

/** The form as it is opened: the original's send box is ticked. */
export const EMPTY_DRAFT: SynchronizationDraft = { ticked: new Set(['send']), products: '' };

const MOST_PRODUCTS = 5_000;

const ticks = Object.fromEntries([...TICKED_OPTIONS, 'display', 'send'].map((name) => [name, z.string().optional()]));

const formSchema = z.object({
  action: z.enum(['verify', 'display', 'submit']),
  products: z.string().default(''),
  ...ticks,
});

/** What was entered, whether or not it can be taken; for showing the form again. */
export function readDraft(body: unknown): SynchronizationDraft {
  const fields = (body ?? {}) as Record<string, unknown>;
  const names = [...TICKED_OPTIONS, 'display', 'send'];
  const products = typeof fields.products === 'string' ? fields.products : '';
  return { ticked: new Set(names.filter((name) => fields[name] !== undefined)), products };
}

/**
 * Reads the form.
 *
 * @param marketplace `simulator/FR`, or null for all
 * @throws InvalidInput naming fields; ContradictingOptions
 */
export function readSynchronizationForm(body: unknown, marketplace: string | null): SynchronizationOrder {
  const form = formSchema.safeParse(body ?? {});
  if (!form.success) throw new InvalidInput({ faults: [{ field: 'action', message: 'Choose one of the buttons.' }] });
  const draft = readDraft(body);
  const has = (name: string) => draft.ticked.has(name);
  const products = readProductIds(draft.products);
  const options = parseExportOptions({
    ...Object.fromEntries(TICKED_OPTIONS.map((name) => [name, has(name)])),
    products: products.length === 0 ? null : products,
    marketplace,
  });
  const { action } = form.data;
  const display = action === 'display' || (action === 'submit' && has('display'));
  return { mode: display ? 'display' : 'verify', options, thenSend: action === 'submit' && has('send') };
}

/**
 * Reads product ids as people type them: separated by commas, spaces or lines.
 *
 * @throws InvalidInput for the field `products`
 */
export function readProductIds(text: string): readonly number[] {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  const refuse = (message: string) => new InvalidInput({ faults: [{ field: 'products', message }] });
  if (words.length > MOST_PRODUCTS)
    throw refuse(
      `Expected at most ${MOST_PRODUCTS} product ids, got ${words.length}. Do it in parts, or tick "everything".`,
    );
  const wrong = words.find((word) => !/^[1-9]\d{0,8}$/.test(word));
  if (wrong !== undefined)
    throw refuse(`Expected product ids such as 12, 15, got ${JSON.stringify(wrong.slice(0, 40))}. Correct that one.`);
  return [...new Set(words.map(Number))];
}

/** What to say beside which field about an error that a person can mend in the form; null for any other. */
export function formFaults(error: unknown): { readonly status: number; readonly faults: readonly InputFault[] } | null {
  if (error instanceof InvalidInput) return { status: error.status, faults: error.details.faults };
  if (!(error instanceof FeedbridgeError) || error.status < 400 || error.status > 499) return null;
  return { status: error.status, faults: [{ field: '', message: error.message }] };
}
