import { join } from 'node:path';
import { Eta } from 'eta';
import type { Response } from 'express';
import type { Clock } from '../core/clock.js';
import { pathOf } from './log-requests.js';
import { type AddressQuery, pageAddress } from './page-address.js';
import { PageAssets } from './page-assets.js';
import { PageFormat } from './page-format.js';
import { PageTexts, type TextFigures } from './page-texts.js';
import { CSRF_FIELD } from './require-csrf-token.js';

/** One page to be shown. */
export interface Page {
  /** For example "screens/catalog-amazon/overview". */
  readonly template: string;
  readonly title: string;
  readonly data: object;
  /** Default 200. */
  readonly status?: number;
}

/** Renders pages from templates; every text and figure in them is escaped. */
export class PageRenderer {
  readonly assets: PageAssets;
  readonly texts: PageTexts;
  readonly #eta: Eta;
  readonly #clock: Clock;

  /** @param folder of templates, with `locales` and `assets` inside */
  constructor(folder: string, clock: Clock) {
    this.assets = new PageAssets(join(folder, 'assets'));
    this.texts = new PageTexts(folder, 'en');
    this.#clock = clock;
    this.#eta = new Eta({ views: folder, cache: true, autoEscape: true });
  }

  /** Short for the text of a key. */
  text(key: string, figures?: TextFigures): string {
    return this.texts.text(key, figures);
  }

  /** Renders a page for the person of this request and sends it; browsers and proxies must not keep it. */
  send(response: Response, page: Page): void {
    const html = this.#eta.render(page.template, { ...this.#surroundings(response), ...page.data, title: page.title });
    response.status(page.status ?? 200);
    response.set('Cache-Control', 'no-store').type('html').send(html);
  }

  /** What every template may use as `it.NAME`. */
  #surroundings(response: Response): object {
    const { session = null, scope = null, requestId } = response.locals;
    const { language } = this.texts;
    return {
      t: (key: string, figures?: TextFigures) => this.texts.text(key, figures),
      format: new PageFormat(this.#clock, { language, timeZone: scope?.timeZone ?? 'UTC' }),
      link: (path: string, query: AddressQuery = {}) =>
        pageAddress(path, { marketplace: scope?.selected ?? null, ...query }),
      csrf: session === null ? null : { name: CSRF_FIELD, value: session.csrfToken },
      path: pathOf(response.req.originalUrl),
      assets: this.assets.path,
      language,
      session,
      scope,
      requestId,
    };
  }
}
