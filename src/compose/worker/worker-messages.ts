import { z } from 'zod';
import type { Configuration } from '../../config/configuration.js';
import { exportOptionsSchema } from '../../features/export/export-options.js';
import { forwardedErrorSchema } from './forwarded-error.js';

const configurationSchema = z.object({
  databaseUrl: z.string(),
  shop: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('demo') }),
    z.object({ kind: z.literal('prestashop'), url: z.string() }),
    z.object({ kind: z.literal('webservice'), url: z.string() }),
  ]),
  dataFolder: z.string(),
  shopWebserviceUrl: z.string().nullable(),
  sealingKeys: z.array(z.instanceof(Buffer)).readonly(),
  host: z.string(),
  port: z.number(),
  logLevel: z.enum(['error', 'warn', 'info', 'debug', 'silent']),
}) satisfies z.ZodType<Configuration>;

const orderSchema = z.object({
  mode: z.enum(['verify', 'display', 'send']),
  options: exportOptionsSchema,
  requestedBy: z.string(),
  wait: z.boolean(),
  releases: z.number().optional(),
});

const progressSchema = z.object({
  runId: z.number(),
  phase: z.enum(['reading-listings', 'marking', 'computing', 'sending', 'waiting']),
  products: z.number(),
  productsTotal: z.number().nullable(),
  items: z.number(),
  feedsOpen: z.number(),
});

/** What the service tells its worker. The settings go this way, since arguments stand in every list of processes. */
export const workerTaskSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('begin'), configuration: configurationSchema }),
  z.object({ kind: z.literal('order'), orderId: z.number(), order: orderSchema }),
  /** Notices of the shop have come. */
  z.object({ kind: z.literal('noticed') }),
  z.object({ kind: z.literal('stop') }),
]);

export type WorkerTask = z.output<typeof workerTaskSchema>;

/** What the worker tells its service. */
export const workerNewsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('alive') }),
  z.object({ kind: z.literal('ready'), owner: z.string() }),
  z.object({ kind: z.literal('not-begun'), error: forwardedErrorSchema }),
  z.object({ kind: z.literal('started'), orderId: z.number(), runId: z.number() }),
  z.object({ kind: z.literal('refused'), orderId: z.number(), error: forwardedErrorSchema }),
  z.object({ kind: z.literal('progress'), progress: progressSchema }),
  z.object({ kind: z.literal('ended'), runId: z.number() }),
]);

export type WorkerNews = z.output<typeof workerNewsSchema>;
