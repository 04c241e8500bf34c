import type { Command } from 'commander';
import { z } from 'zod';
import { assembleCommands } from '../../compose/assemble-commands.js';
import { feedbridgeTasks } from '../../compose/tasks.js';
import type { Feedbridge } from '../../compose.js';
import type { ScheduledTask } from '../../scheduler/define-task.js';
import { runTask, type TaskSurroundings } from '../../scheduler/run-task.js';
import type { TaskRun } from '../../scheduler/task-run-store.js';
import { addCommand, type CommandHost } from '../add-command.js';
import { type Answer, textLines } from '../answer.js';
import { ACTOR, type CommandLine } from '../command-line.js';
import { named } from '../input-kinds.js';
import { timeText } from '../plain-words.js';
import { tableLines } from '../table.js';
import { WrongUse } from '../wrong-use.js';

/** `task`: what is done again and again without anybody. */
export function addTaskCommands(root: Command, host: CommandHost): void {
  const task = root.command('task').description('what is done again and again without anybody');
  addCommand(task, host, {
    call: 'list',
    summary: 'show the tasks, when they run, and how they ran last',
    input: z.object({}),
    run: async (_input, cli) => list(await cli.program()),
  });
  addCommand(task, host, {
    call: 'run <task>',
    summary: 'run a task now, unless it is running already',
    input: z.object({ task: named('the name of a task') }),
    run: async (input, cli) => runNow(input.task, cli),
  });
}

async function list(program: Feedbridge): Promise<Answer> {
  const { diary } = assembleCommands(program);
  const rows: (Pick<ScheduledTask, 'id' | 'description' | 'schedule'> & { readonly lastRun: TaskRun | null })[] = [];
  for (const { id, description, schedule } of await feedbridgeTasks(program)) {
    const [lastRun = null] = await diary.list({ task: id, limit: 1 });
    rows.push({ id, description, schedule, lastRun });
  }
  const lines = tableLines(rows, [
    { heading: 'Task', text: (row) => row.id },
    { heading: 'Schedule (UTC)', text: (row) => row.schedule },
    { heading: 'Last run', text: (row) => timeText(row.lastRun?.startedAtMs ?? null) },
    { heading: 'Status', text: (row) => row.lastRun?.status ?? null },
    { heading: 'Result', text: (row) => row.lastRun?.result ?? null },
    { heading: 'Meaning', text: (row) => row.description },
  ]);
  return { data: rows, text: textLines(lines) };
}

async function runNow(wanted: string, cli: CommandLine): Promise<Answer> {
  const program = await cli.program();
  const tasks = await feedbridgeTasks(program);
  const task = tasks.find((one) => one.id === wanted);
  if (task === undefined) {
    const names = tasks.map((one) => one.id).join(', ');
    throw new WrongUse({ reason: `Expected a task (${names}), got ${JSON.stringify(wanted)}. Name one of these.` });
  }
  const surroundings: TaskSurroundings = {
    ...program,
    onNoted: (id, transaction) => {
      const deed = { actor: ACTOR, action: 'task-run', subject: task.id, details: { taskRunId: id } };
      return program.audit.record(deed, transaction);
    },
  };
  const { status, result, taskRunId } = await runTask(task, surroundings, cli.terminal.signal);
  return {
    data: { task: task.id, status, result, taskRunId },
    text: textLines([`${task.id}: ${status}. ${result}`]),
    exitCode: status === 'done' || status === 'skipped' ? 0 : 1,
  };
}
