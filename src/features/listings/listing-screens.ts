import { Router } from 'express';
import { z } from 'zod';
import type { PageRenderer } from '../../http/page-renderer.js';
import { parseInput } from '../../http/parse-input.js';
import { choiceOf } from '../accounts/marketplace-screens.js';
import { partValueText } from '../offers/part-value-views.js';
import type { ProductNames } from '../offers/product-name-views.js';
import { LISTING_STATES, type ListingValues, type ListingView, type ListingViews } from './listing-views.js';

export interface ListingScreenParts {
  readonly pages: PageRenderer;
  readonly listings: ListingViews;
  readonly names: ProductNames;
}

const LISTINGS_PER_PAGE = 50;
const querySchema = z.object({
  state: z.enum(['', ...LISTING_STATES]).default(''),
  after: z.coerce.number().int().nonnegative().default(0),
});

/** Catalog > Amazon > Tools > Listings: every SKU that we remember at Amazon, desired, sent and effective, by state. */
export function listingScreens({ pages, listings, names }: ListingScreenParts): Router {
  const routes = Router();
  routes.get('/tools/listings', async (request, response) => {
    const { state, after } = parseInput(querySchema, request.query);
    const { marketplaces } = choiceOf(response);
    const filter = { marketplaceIds: marketplaces.map((one) => one.id), state: state === '' ? null : state };
    const found = await listings.list({ ...filter, afterId: after, limit: LISTINGS_PER_PAGE + marketplaces.length });
    const page = wholeListings(found, LISTINGS_PER_PAGE);
    const nameOf = await names.of(page);
    const countries = new Map(marketplaces.map((one) => [one.id, one.country]));
    const data = {
      rows: page.map((one) => ({
        ...one,
        country: countries.get(one.marketplaceId) ?? '',
        name: nameOf(one),
        price: valueTexts(pages, 'price', one.price),
        quantity: valueTexts(pages, 'quantity', one.quantity),
      })),
      nextAfter: page.length < found.length ? (page.at(-1)?.id ?? null) : null,
      states: LISTING_STATES,
      state,
    };
    pages.send(response, { template: 'screens/tools/listings', title: pages.text('tools.listings.title'), data });
  });
  return routes;
}

/** A page ends only where a SKU ends, since the next one begins after its id. */
function wholeListings(found: readonly ListingView[], most: number): readonly ListingView[] {
  if (found.length <= most) return found;
  const next = found[most]?.id;
  const whole = found.slice(0, most).filter((one) => one.id !== next);
  return whole.length > 0 ? whole : found.filter((one) => one.id === next);
}

function valueTexts(pages: PageRenderer, part: string, { desired, submitted, effective }: ListingValues) {
  const text = (value: string | null) => partValueText(part, value, (key, figures) => pages.text(key, figures));
  return { desired: text(desired), submitted: text(submitted), effective: text(effective) };
}
