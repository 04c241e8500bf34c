/** One setting as it stands in a file. */
export interface FileSetting {
  readonly name: string;
  readonly value: string;
  /** Counted from 1. */
  readonly line: number;
}

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*)$/;
const QUOTED = /^(["'])(.*)\1\s*(?:#.*)?$/;

/**
 * Reads a settings file: one NAME=VALUE a line, `#` begins a comment, values may stand in quotes.
 *
 * @param text the whole file; a byte order mark and Windows line ends are accepted
 * @returns the settings in their order, and the numbers of the lines that are neither setting, comment nor empty
 */
export function readSettingsFile(text: string): { settings: readonly FileSetting[]; strayLines: readonly number[] } {
  const settings: FileSetting[] = [];
  const strayLines: number[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const content = line.trim();
    if (content === '' || content.startsWith('#')) continue;
    const [, name, value] = ASSIGNMENT.exec(content) ?? [];
    if (name === undefined || value === undefined) strayLines.push(index + 1);
    else settings.push({ name, value: unquote(value), line: index + 1 });
  }
  return { settings, strayLines };
}

function unquote(value: string): string {
  const quoted = QUOTED.exec(value);
  // Without quotes a comment needs a space before it: passwords and keys may hold a #.
  return quoted?.[2] ?? value.replace(/\s+#.*$/, '').trim();
}
