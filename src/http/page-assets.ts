import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';
import { answerUnknown } from './answer-problem.js';

/** Style, script and pictures of the pages. The path holds a fingerprint of them, so browsers may keep them for good. */
export class PageAssets {
  /** For example `/assets/3f2a9c01b7d4`. */
  readonly path: string;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    const content = createHash('sha256');
    for (const name of readdirSync(folder).sort()) content.update(name).update(readFileSync(join(folder, name)));
    this.path = `/assets/${content.digest('hex').slice(0, 12)}`;
  }

  routes(): Router {
    const routes = Router();
    const files = express.static(this.#folder, { immutable: true, maxAge: '1y', index: false, redirect: false });
    routes.use(this.path, files);
    // A page of an older version: its style is gone, and no login brings it back.
    routes.use('/assets', answerUnknown);
    return routes;
  }
}
