import type { z } from 'zod';
import { type InputFault, InvalidInput } from './http-errors.js';

/**
 * Reads what came over HTTP by its schema.
 *
 * @throws InvalidInput naming every field that is wrong
 */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  throw new InvalidInput({ faults: inputFaults(result.error) });
}

/** What is wrong with which field, in the order of the schema. */
export function inputFaults(error: z.ZodError): readonly InputFault[] {
  return error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
}
