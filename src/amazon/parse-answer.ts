import type { AxiosResponse } from 'axios';
import type { z } from 'zod';
import { UnexpectedAnswer } from './amazon-errors.js';
import { requestIdOf } from './request-id.js';

export interface AnswerOrigin {
  readonly operation: string;
  readonly host: string;
}

/**
 * Turns the body of a successful answer into a plain type of ours.
 *
 * @returns what the schema makes of it
 * @throws UnexpectedAnswer saying what came instead: an HTML page, cut JSON, or the field that does not fit. Never quotes the body
 */
export function parseAnswer<T>(schema: z.ZodType<T>, response: AxiosResponse<unknown>, origin: AnswerOrigin): T {
  const parsed = schema.safeParse(response.data);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const fault = issue === undefined ? 'no such object' : `"${issue.path.join('.')}": ${issue.message}`;
  throw new UnexpectedAnswer({
    operation: origin.operation,
    host: origin.host,
    received: typeof response.data === 'string' ? textKind(response.data) : `JSON that does not fit (${fault})`,
    requestId: requestIdOf(response.headers),
  });
}

function textKind(text: string): string {
  if (text === '') return 'an empty answer';
  const kind = text.trimStart().startsWith('<') ? 'an HTML or XML page' : 'text that is not whole JSON';
  return `${kind} of ${text.length} characters`;
}
