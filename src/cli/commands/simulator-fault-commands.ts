import type { Command } from 'commander';
import { z } from 'zod';
import { addCommand, type CommandHost } from '../add-command.js';
import { type Answer, textLines } from '../answer.js';
import { flag, idOf, named, oneOf, textList, wholeNumber } from '../input-kinds.js';
import { controlSimulator, type SimulatorFaults } from '../simulator-control.js';
import { tableLines } from '../table.js';
import { WrongUse } from '../wrong-use.js';

const KINDS = {
  requests: 'answer, cut-connection, lost-answer, slow-answer',
  work: 'cancelled, fatal, stuck, report-cut, report-empty, report-html',
  feeds: 'whole-feed-error, transient-error, several-lines',
};

/** Shown of a fault by columns of their own. */
const COLUMNS = ['id', 'kind', 'times', 'seen', 'drawn'];

const order = z.object({
  kind: named(`one of ${KINDS.requests}, ${KINDS.work}, ${KINDS.feeds}`),
  operations: textList('operations separated by commas, such as createFeed,getFeed').optional(),
  types: textList('feed or report types separated by commas').optional(),
  skus: textList('SKUs separated by commas').optional(),
  messages: textList('message ids separated by commas').optional(),
  seller: named('the id of a simulated seller').optional(),
  status: oneOf(['429', '503']).transform(Number).optional(),
  retryAfter: wholeNumber(0, 86_400).optional(),
  delay: wholeNumber(1, 600_000).optional(),
  code: named("one of Amazon's codes, such as 5002").optional(),
  times: wholeNumber(1, 1_000_000).optional(),
  every: wholeNumber(1, 1_000_000).optional(),
  probability: z
    .string({ error: 'a number above 0, up to 1' })
    .regex(/^[01](\.\d{1,9})?$/, { error: 'a number above 0, up to 1' })
    .transform(Number)
    .optional(),
  seed: named('any text').optional(),
});

/** `simulator fault` and `simulator release`: lets the simulated Amazon fail as the real one does, to see what becomes of it. */
export function addSimulatorFaultCommands(simulator: Command, host: CommandHost): void {
  const fault = simulator.command('fault').description('let the simulated Amazon fail on command');
  addListCommand(fault, host);
  addAddCommand(fault, host);
  addRemoveCommand(fault, host);
  addCommand(simulator, host, {
    call: 'release [id]',
    summary: "let a stuck feed or report go on, by Amazon's id, or all of them",
    input: z.object({ id: named("Amazon's id of a feed or report").optional() }),
    run: async ({ id }, cli) => shown(await controlSimulator(cli, { method: 'POST', path: '/release', body: { id } })),
  });
}

function addListCommand(fault: Command, host: CommandHost): void {
  addCommand(fault, host, {
    call: 'list',
    summary: 'show the commanded faults, how often they struck, and what is stuck',
    input: z.object({}),
    run: async (_input, cli) => shown(await controlSimulator(cli, { method: 'GET', path: '/faults' })),
  });
}

function addAddCommand(fault: Command, host: CommandHost): void {
  addCommand(fault, host, {
    call: 'add <kind>',
    summary: `command a fault, of requests (${KINDS.requests}), of feeds and reports (${KINDS.work}) or of feeds only (${KINDS.feeds})`,
    options: [
      ['--operations <names>', 'only requests of these operations, such as createFeed'],
      ['--types <types>', 'only feeds or reports of these types'],
      ['--skus <skus>', 'only feeds with one of these SKUs; the SKUs whose messages fail'],
      ['--messages <ids>', 'only feeds with one of these message ids'],
      ['--seller <id>', 'only this seller'],
      ['--status <status>', 'answer: 429 or 503'],
      ['--retry-after <seconds>', 'answer: with a Retry-After header'],
      ['--delay <ms>', 'slow-answer: milliseconds'],
      ['--code <code>', 'transient-error: the code of its line (5002)'],
      ['--times <count>', 'strike so many times (1; without end with --every or --probability)'],
      ['--every <count>', 'strike every so many times'],
      ['--probability <share>', 'strike by chance, above 0, up to 1'],
      ['--seed <text>', 'the same seed draws the same course'],
    ],
    input: order,
    run: async ({ messages, seller, retryAfter, delay, ...same }, cli) => {
      const named = { messageIds: messages, sellerId: seller, retryAfterSeconds: retryAfter, delayMs: delay };
      const body = { faults: [{ ...same, ...named }] };
      return shown(await controlSimulator(cli, { method: 'POST', path: '/faults', body }));
    },
  });
}

function addRemoveCommand(fault: Command, host: CommandHost): void {
  addCommand(fault, host, {
    call: 'remove [id]',
    summary: 'take a fault away, by its number, or all of them',
    options: [['--all', 'every fault']],
    input: z.object({ id: idOf('a fault').optional(), all: flag }),
    run: async ({ id, all }, cli) => {
      if ((id === undefined) !== all)
        throw new WrongUse({ reason: 'Expected either the number of a fault or --all: which faults are to go?' });
      const path = id === undefined ? '/faults' : `/faults?id=${id}`;
      return shown(await controlSimulator(cli, { method: 'DELETE', path }));
    },
  });
}

function shown(state: SimulatorFaults): Answer {
  const { faults, stuck } = state;
  const table = tableLines(faults, [
    { heading: 'Fault', text: (one) => one.id, right: true },
    { heading: 'Kind', text: (one) => one.kind },
    { heading: 'Struck', text: (one) => one.drawn, right: true },
    { heading: 'At most', text: (one) => one.times, right: true },
    { heading: 'Fitted', text: (one) => one.seen, right: true },
    { heading: 'Only', text: narrowingOf },
  ]);
  const held = stuck.length === 0 ? [] : [`Stuck until "feedbridge simulator release": ${stuck.join(', ')}.`];
  return { data: state, text: textLines(faults.length === 0 ? ['Nothing is commanded to fail.'] : table, held) };
}

function narrowingOf(fault: SimulatorFaults['faults'][number]): string | null {
  const rest = Object.entries(fault).filter(([name]) => !COLUMNS.includes(name));
  return rest.length === 0 ? null : rest.map(([name, value]) => `${name} ${String(value)}`).join(', ');
}
