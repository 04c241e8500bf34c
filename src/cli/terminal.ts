import type { Readable, Writable } from 'node:stream';

/** What a command reads from and writes to: the process's own in real life, anything in tests. */
export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  /** Absolute; relative paths of settings and arguments start here. */
  readonly workingFolder: string;
  readonly input: Readable & { readonly isTTY?: boolean | undefined };
  /** Results, and nothing else. */
  readonly output: Writable;
  /** Progress, questions, remarks and errors. */
  readonly errors: Writable & { readonly isTTY?: boolean | undefined };
  /** Aborted by Ctrl-C; its reason is the error that the command then ends with. */
  readonly signal: AbortSignal;
}

/** Whether a person sits there who can be asked something. */
export function hasPerson({ input, errors }: Pick<Terminal, 'input' | 'errors'>): boolean {
  return input.isTTY === true && errors.isTTY === true;
}
