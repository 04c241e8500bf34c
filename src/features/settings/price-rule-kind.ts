import { z } from 'zod';
import { type ExactPrice, parsePrice } from '../../core/money.js';
import type { PriceRule } from '../offers/offer-settings.js';
import { printAmount, readAmount } from './amount-text.js';
import type { SettingKind } from './setting-kind.js';

const FORM =
  'ranges such as 0-50:+10%;50-:+2.00 (from-to:percent or value or both, separated by semicolons), or "none"';

const RULE = /^([\d.]+)-([\d.]*):(?:([+-])([\d.]+)%)?(?:([+-])([\d.]+))?$/;

const HUNDRED_PERCENT = parsePrice('100');

/** Price rules as one line: "0-50:+10%;50-:+2.00" is ten percent more below 50, two more from 50 on. */
export const priceRules: SettingKind<readonly PriceRule[]> = {
  form: FORM,
  schema: z.string().transform((text, context) => {
    const result = readPriceRules(text.replace(/\s+/g, ''));
    if (typeof result !== 'string') return result;
    context.addIssue({ code: 'custom', message: `${FORM}; ${result}` });
    return z.NEVER;
  }),
  print: (rules) => (rules.length === 0 ? 'none' : rules.map(printRule).join(';')),
};

/** The rules, or what is wrong with the text. */
function readPriceRules(text: string): readonly PriceRule[] | string {
  if (text === '' || text === 'none') return [];
  const rules: PriceRule[] = [];
  for (const piece of text.split(';')) {
    const rule = readRule(piece);
    if (typeof rule === 'string') return rule;
    rules.push(rule);
  }
  return rules;
}

function readRule(piece: string): PriceRule | string {
  const match = RULE.exec(piece);
  if (match === null) return `${JSON.stringify(piece)} is not such a range`;
  const [, fromText = '', toText = '', percentSign, percentText, valueSign, valueText] = match;
  if (percentText === undefined && valueText === undefined) return `${JSON.stringify(piece)} changes nothing`;
  const from = readAmount(fromText);
  const to = toText === '' ? null : readAmount(toText);
  const percent = signed(percentSign, percentText);
  const value = signed(valueSign, valueText);
  if (from === null || (to === null && toText !== '') || percent === null || value === null)
    return `${JSON.stringify(piece)} holds a number that is none`;
  if (to !== null && to <= from) return `the range ${fromText}-${toText} is empty`;
  if (percent <= -HUNDRED_PERCENT) return `-${percentText}% leaves nothing of the price`;
  return { from, to, percent, value };
}

function signed(sign: string | undefined, text: string | undefined): ExactPrice | null {
  if (text === undefined) return 0n;
  const size = readAmount(text);
  return size === null || sign !== '-' ? size : -size;
}

function printRule(rule: PriceRule): string {
  const to = rule.to === null ? '' : printAmount(rule.to);
  const percent = rule.percent === 0n ? '' : `${withSign(rule.percent)}%`;
  const value = rule.value === 0n && percent !== '' ? '' : withSign(rule.value);
  return `${printAmount(rule.from)}-${to}:${percent}${value}`;
}

function withSign(size: ExactPrice): string {
  return size < 0n ? printAmount(size) : `+${printAmount(size)}`;
}
