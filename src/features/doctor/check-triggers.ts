import type { Clock } from '../../core/clock.js';
import { defineError } from '../../core/errors.js';
import type { ShopOutbox, TriggerSurvey } from '../../shop/shop-outbox.js';
import { type Check, check } from './check.js';

/** The worker looks once a second; a change that is this old is looked at by nobody. */
const UNDRAINED_MS = 5 * 60_000;
/** More names help nobody. */
const MOST_NAMES = 5;

const TriggersFaulty = defineError<{ faults: readonly string[] }>('TRIGGERS_FAULTY', 409, ({ faults }) =>
  faults.join('\n'),
);

/**
 * Whether the optional triggers in the shop's database do their work: none without an outbox, no outbox that nobody empties, none left under another
 * prefix.
 *
 * @param outbox null for a shop that is not reached by its database: then there is nothing to be checked
 */
export async function checkTriggers(outbox: ShopOutbox | null, clock: Clock): Promise<readonly Check[]> {
  if (outbox === null) return [];
  const fix = 'Check FEEDBRIDGE_SHOP.';
  return [await check('triggers', fix, async () => judge(await outbox.survey(), clock.nowMs()))];
}

/** @returns what is well, as a sentence @throws TriggersFaulty with a line for each fault */
function judge(survey: TriggerSurvey, nowMs: number): string {
  const faults = [orphans(survey), gaps(survey), strangers(survey), refusal(survey), undrained(survey, nowMs)];
  const found = faults.filter((fault) => fault !== null);
  if (found.length > 0) throw new TriggersFaulty({ faults: found });
  if (survey.state === 'absent')
    return 'There is no outbox that our login may see: the sweep alone finds changes. Triggers are optional; those without an outbox are seen only with the right TRIGGER.';
  if (survey.triggers.length === 0)
    return 'The outbox is there and is emptied. Whether all its triggers are there is seen only with the right TRIGGER, which our login need not have.';
  return `The outbox and all ${survey.triggers.length} triggers are there, and it is emptied.`;
}

function orphans({ state, triggers }: TriggerSurvey): string | null {
  if (state !== 'absent' || triggers.length === 0) return null;
  return `Triggers without an outbox that we may see: ${named(triggers)}. Run what "feedbridge shop install-triggers" prints, with the right in its last line, or what "feedbridge shop uninstall-triggers" prints.`;
}

function gaps({ state, triggers, missing }: TriggerSurvey): string | null {
  if (state === 'absent' || triggers.length === 0 || missing.length === 0) return null;
  return `Triggers are missing: ${named(missing)}. Run what "feedbridge shop install-triggers" prints.`;
}

function strangers({ foreign }: TriggerSurvey): string | null {
  if (foreign.length === 0) return null;
  return `Triggers of another prefix are left: ${named(foreign)}. Drop them, each with DROP TRIGGER.`;
}

function refusal({ state }: TriggerSurvey): string | null {
  if (state !== 'refused') return null;
  return 'Our login may read the outbox and not empty it. Give it the right in the last line of what "feedbridge shop install-triggers" prints.';
}

function undrained({ oldestMs }: TriggerSurvey, nowMs: number): string | null {
  if (oldestMs === null || nowMs - oldestMs < UNDRAINED_MS) return null;
  const minutes = Math.floor((nowMs - oldestMs) / 60_000).toLocaleString('en');
  return `Nobody empties the outbox: its oldest change is ${minutes} minutes old. Start the service, or run what "feedbridge shop uninstall-triggers" prints.`;
}

function named(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return names.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
