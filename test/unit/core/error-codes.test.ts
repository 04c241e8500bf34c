import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const DEFINITION = /defineError(?:<[^(]*?>)?\(\s*'([^']*)'/g;

/** Every code that a call of `defineError` names, with its file. */
function definedCodes(folder: string): readonly { code: string; file: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(DEFINITION)].map((match) => ({ code: match[1] ?? '', file })),
    );
}

describe('The codes of our errors', () => {
  const codes = ['src', 'feeds'].flatMap(definedCodes);

  it('are found at all', () => {
    expect(codes.length).toBeGreaterThan(50);
  });

  it('are each used by one error only', () => {
    const files = new Map<string, string[]>();
    for (const { code, file } of codes) files.set(code, [...(files.get(code) ?? []), file]);
    expect([...files].filter(([, used]) => used.length > 1)).toEqual([]);
  });

  it('are upper case words joined by underscores', () => {
    expect(codes.filter(({ code }) => !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(code))).toEqual([]);
  });
});
