import { z } from 'zod';

/** One entry of `{ errors: [...] }`, the body of every refusal of the Selling Partner API. */
export interface AmazonErrorEntry {
  readonly code: string;
  readonly message: string;
  /** Empty where Amazon left it out. */
  readonly details: string;
}

const errorList = z.object({
  errors: z.array(
    z.object({
      code: z.string(),
      message: z
        .string()
        .nullish()
        .transform((text) => text ?? ''),
      details: z
        .string()
        .nullish()
        .transform((text) => text ?? ''),
    }),
  ),
});

/**
 * Reads the body of a refusal.
 *
 * @param body as the HTTP instance parsed it: an object, or the text of what is not JSON
 * @returns Amazon's entries; none where the body is anything else, such as the HTML page of a gateway
 */
export function readAmazonErrors(body: unknown): readonly AmazonErrorEntry[] {
  const parsed = errorList.safeParse(body);
  return parsed.success ? parsed.data.errors : [];
}
