import { z } from 'zod';
import type { Feed } from './amazon-account.js';
import {
  id,
  linkUrl,
  marketplaceIds,
  nextToken,
  optionalId,
  optionalTime,
  processingStatus,
  time,
} from './answer-fields.js';

/** Answers of the Feeds API 2021-06-30, as they turn into plain types of ours. */
export const createFeedDocumentAnswer = z.object({ feedDocumentId: id, url: linkUrl });

export const createFeedAnswer = z.object({ feedId: id });

export const feedAnswer: z.ZodType<Feed> = z.object({
  feedId: id,
  feedType: id,
  marketplaceIds,
  createdTime: time,
  processingStatus,
  processingStartTime: optionalTime,
  processingEndTime: optionalTime,
  resultFeedDocumentId: optionalId,
});

export const getFeedsAnswer = z.object({ feeds: z.array(feedAnswer), nextToken });
