import type { Command } from 'commander';
import type { z } from 'zod';
import type { Answer } from './answer.js';
import type { CommandLine } from './command-line.js';
import { WrongUse } from './wrong-use.js';

/** One command as data: how it is called, what it takes, and what it does. */
export interface CommandDefinition<S extends z.ZodType> {
  /** Its name and arguments as commander writes them: "show <id>". */
  readonly call: string;
  readonly summary: string;
  /** Flags and what they mean; the words after a flag name its value. */
  readonly options?: readonly (readonly [flags: string, meaning: string])[];
  /** What options and arguments must be, by their names in camelCase. The messages say what is expected: "a whole number". */
  readonly input: S;
  /** @returns null when everything has been answered already */
  run(input: z.output<S>, cli: CommandLine): Promise<Answer | null>;
}

/** Where commands are added, and what becomes of their answers. */
export interface CommandHost {
  readonly cli: CommandLine;
  readonly answer: (answer: Answer) => Promise<void>;
}

/** Adds a command to a group or to the program itself, and gives it, so that commands of its own can be added to it. */
export function addCommand<S extends z.ZodType>(
  parent: Command,
  host: CommandHost,
  definition: CommandDefinition<S>,
): Command {
  const command = parent.command(definition.call).description(definition.summary);
  for (const [flags, meaning] of definition.options ?? []) command.option(flags, meaning);
  command.action(async () => {
    const input = readInput(definition.input, command);
    const answer = await definition.run(input, host.cli);
    if (answer !== null) await host.answer(answer);
  });
  return command;
}

/** Reads options and arguments, and says all that is wrong with them at once. */
function readInput<S extends z.ZodType>(schema: S, command: Command): z.output<S> {
  const values: Record<string, unknown> = { ...command.opts() };
  for (const [index, argument] of command.registeredArguments.entries())
    values[camelCase(argument.name())] = command.processedArgs[index];
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => {
    const key = String(issue.path[0]);
    return `Expected ${nameOf(key, command)} to be ${issue.message}, got ${shown(values[key])}.`;
  });
  throw new WrongUse({ reason: `${faults.join(' ')} See ${helpOf(command)}.` });
}

function nameOf(key: string, command: Command): string {
  const option = command.options.find((one) => one.attributeName() === key);
  return option?.long ?? key.replaceAll(/[A-Z]/g, (letter) => `-${letter}`).toUpperCase();
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function helpOf(command: Command): string {
  const names: string[] = [];
  for (let one: Command | null = command; one !== null; one = one.parent) names.unshift(one.name());
  return `"${names.join(' ')} --help"`;
}

function camelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
