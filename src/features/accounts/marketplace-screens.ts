import type { RequestHandler, Response } from 'express';
import { z } from 'zod';
import { parseInput } from '../../http/parse-input.js';
import type { MarketplaceChoice, MarketplaceViews } from './marketplace-views.js';

const querySchema = z.object({ marketplace: z.string().max(200).default('') });

declare global {
  namespace Express {
    interface Locals {
      choice?: MarketplaceChoice;
    }
  }
}

/** Reads from the address which marketplace the page is about; `?marketplace=simulator/FR`, nothing = all. */
export function chooseMarketplace(views: MarketplaceViews): RequestHandler {
  return async function chooseFromAddress(request, response, next) {
    // First for all, so that a page about a wrong choice still has its menu.
    response.locals.scope = (await views.choose('')).scope;
    const { marketplace } = parseInput(querySchema, request.query);
    response.locals.choice = await views.choose(marketplace.trim());
    response.locals.scope = response.locals.choice.scope;
    next();
  };
}

/** What the page is about; only behind `chooseMarketplace`. */
export function choiceOf(response: Response): MarketplaceChoice {
  const { choice } = response.locals;
  if (choice === undefined) throw new Error('Expected a route behind chooseMarketplace, got one before it.');
  return choice;
}
