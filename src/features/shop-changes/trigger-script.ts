import { defineError } from '../../core/errors.js';
import type { Shop } from '../../shop/catalogue.js';
import type { ShopOutbox, TriggerScript } from '../../shop/shop-outbox.js';

export const ShopHasNoTriggers = defineError(
  'SHOP_HAS_NO_TRIGGERS',
  422,
  'Expected a shop that is reached by its database (FEEDBRIDGE_SHOP=mysql://…), got another. Triggers are for those alone; notices work with every shop.',
);

/** `client`: DELIMITER lines as the mysql client knows them. `phpmyadmin`: without them, since its SQL page has a field for the delimiter. */
export const SCRIPT_FORMS = ['client', 'phpmyadmin'] as const;

export type ScriptForm = (typeof SCRIPT_FORMS)[number];

/** The shop whose triggers are meant; `outbox` is null where it is not reached by its database. */
export interface TriggerShop {
  readonly shop: Pick<Shop, 'check'>;
  readonly outbox: ShopOutbox | null;
}

/** A script and the same as lines that a person can run. */
export interface PrintedScript extends TriggerScript {
  readonly lines: readonly string[];
}

const DELIMITER = '$$';

const INSTALLING = [
  "Run this with the shop's own account: the triggers run as whoever makes them, and when that account is gone",
  'every statement of the shop on these tables fails. Before the shop moves to another server or another account, run',
  'what "feedbridge shop uninstall-triggers" prints. It may be run again at any time. See docs/shop/triggers.md.',
];

const GIVING = 'By whoever may give rights, and only where the bridge has an account of its own:';

const REMOVING = ["Run this with the shop's own account. It may be run again at any time."];

/**
 * The SQL that makes the shop's database write its changes down; nothing is run.
 *
 * @throws ShopHasNoTriggers, and what keeps the shop from being read
 */
export async function installationScript({ shop, outbox }: TriggerShop, form: ScriptForm): Promise<PrintedScript> {
  if (outbox === null) throw new ShopHasNoTriggers({});
  await shop.check();
  return printed(await outbox.installation(), form, INSTALLING);
}

/**
 * The SQL that removes it all, in whichever state it is; nothing is run.
 *
 * @throws ShopHasNoTriggers
 */
export function removalScript({ outbox }: Pick<TriggerShop, 'outbox'>, form: ScriptForm): PrintedScript {
  if (outbox === null) throw new ShopHasNoTriggers({});
  return printed(outbox.removal(), form, REMOVING);
}

/** Bodies of triggers hold semicolons, so that something else ends the statements. */
function printed(script: TriggerScript, form: ScriptForm, purpose: readonly string[]): PrintedScript {
  const isForClient = form === 'client';
  const how = isForClient ? [] : [`Put ${DELIMITER} into the field "Delimiter" below the text, then run the whole.`];
  const lines = [
    ...[...purpose, ...how].map((line) => `-- ${line}`),
    ...(isForClient ? [`DELIMITER ${DELIMITER}`] : []),
    ...script.statements.flatMap((statement) => `${statement}${DELIMITER}`.split('\n')),
    ...(isForClient ? ['DELIMITER ;'] : []),
    ...(script.grant === null ? [] : [`-- ${GIVING}`, `-- ${script.grant};`]),
  ];
  return { ...script, lines };
}
