import { z } from 'zod';

/** How the values of a setting are written: every value has exactly one text, so that equal values compare equal as texts. */
export interface SettingKind<T> {
  /** What a text must be, to follow "Expected": "on or off". */
  readonly form: string;
  /** Reads a text; outer spaces do not count. */
  readonly schema: z.ZodType<T, string>;
  /** The one text of a value; reading it gives the value again. */
  print(value: T): string;
}

/**
 * Makes a kind of a reading function.
 *
 * @param form what is said when `read` returns undefined, which means that the text does not fit
 */
export function settingKind<T>(
  form: string,
  read: (text: string) => T | undefined,
  print: (value: T) => string,
): SettingKind<T> {
  const schema = z.string().transform((text, context) => {
    const value = read(text.trim());
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: form });
    return z.NEVER;
  });
  return { form, schema, print };
}

/** The same kind with one word more, for "no value": it reads as null. An empty text counts as that word. */
export function orWord<T>(word: string, kind: SettingKind<T>): SettingKind<T | null> {
  const form = `${kind.form}, or "${word}"`;
  const schema = z.string().transform((text, context) => {
    if (text.trim() === '' || text.trim() === word) return null;
    const result = kind.schema.safeParse(text);
    if (result.success) return result.data;
    for (const issue of result.error.issues)
      context.addIssue({ code: 'custom', message: `${issue.message}, or "${word}"` });
    return z.NEVER;
  });
  return { form, schema, print: (value) => (value === null ? word : kind.print(value)) };
}
