/** What a setting's text means, or what was expected and what came instead; `received` holds no secret. */
export type Reading<T> = { readonly value: T } | { readonly expected: string; readonly received: string };
