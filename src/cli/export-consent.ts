import type { Feedbridge } from '../compose.js';
import type { AccountScope } from '../features/export/export-scope.js';
import { agrees } from './ask-person.js';
import { ACTOR, type CommandLine } from './command-line.js';
import type { ExportOrder } from './export-input.js';
import { counted } from './plain-words.js';
import { WrongUse } from './wrong-use.js';

/** A send that is about to happen. */
export interface SendPlan {
  readonly order: ExportOrder;
  /** `--yes`: nobody is asked. */
  readonly yes: boolean;
  readonly scopes: readonly AccountScope[];
}

/**
 * Says what a send would touch that a person should know of, and asks where somebody can be asked.
 *
 * @returns false when a person refused
 * @throws WrongUse when listings are to be erased without `--yes` and nobody can be asked
 */
export async function consentToSend(
  { order, yes, scopes }: SendPlan,
  { program, cli }: { readonly program: Feedbridge; readonly cli: CommandLine },
): Promise<boolean> {
  const warnings: string[] = [];
  if (order.options.erase) {
    if (!yes && !cli.mayAsk)
      throw new WrongUse({
        reason:
          'Expected --yes beside --erase: listings taken off Amazon lose their history there. Leave --erase out to bring them to 0 only.',
      });
    warnings.push(`${counted(await deletions(scopes, program), 'SKU')} marked for deletion will be taken off Amazon.`);
  }
  if (order.options.all) warnings.push(await raisedByAll(order, program, cli));
  if (warnings.length === 0) return true;
  if (!yes) return agrees(warnings.join(' '), cli);
  cli.remark(warnings.join(' '));
  return true;
}

async function deletions(scopes: readonly AccountScope[], { queue }: Feedbridge): Promise<number> {
  const skus = new Set<string>();
  for (const { account, marketplaces } of scopes)
    for (let afterId = 0; ; ) {
      const page = await queue.list({ marketplaceIds: marketplaces.map((one) => one.id), afterId, limit: 2_000 });
      const last = page.at(-1);
      if (last === undefined) break;
      for (const row of page) if (row.action === 'delete') skus.add(`${account.id} ${row.sku}`);
      afterId = last.id;
    }
  return skus.size;
}

/** Sending everything repeats what Amazon has accepted, also over units that were sold there meanwhile: how many is known only by computing. */
async function raisedByAll({ options }: ExportOrder, program: Feedbridge, cli: CommandLine): Promise<string> {
  const { totals } = await program.export.preview('verify', options, {
    requestedBy: ACTOR,
    signal: cli.terminal.signal,
  });
  return `${counted(totals.products, 'product')} will be sent whole, ${counted(totals.raised, 'quantity', 'quantities')} of them above what Amazon shows.`;
}
