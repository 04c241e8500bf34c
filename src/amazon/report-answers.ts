import { z } from 'zod';
import type { Report } from './amazon-account.js';
import { id, marketplaceIds, optionalId, optionalTime, processingStatus, time } from './answer-fields.js';

/** Answers of the Reports API 2021-06-30, as they turn into plain types of ours. */
export const createReportAnswer = z.object({ reportId: id });

export const reportAnswer: z.ZodType<Report> = z.object({
  reportId: id,
  reportType: id,
  marketplaceIds,
  createdTime: time,
  dataStartTime: optionalTime,
  dataEndTime: optionalTime,
  processingStatus,
  processingStartTime: optionalTime,
  processingEndTime: optionalTime,
  reportDocumentId: optionalId,
});
