import { readFileSync } from 'node:fs';
import { sharedFile } from './shared-material.js';

/** What a value must be, in the words of XML Schema; numbers are texts as the file has them. */
export interface ValueFacts {
  readonly base?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly length?: string;
  readonly minLength?: string;
  readonly maxLength?: string;
  readonly totalDigits?: string;
  readonly fractionDigits?: string;
  readonly minInclusive?: string;
  readonly maxInclusive?: string;
}

interface FactRow extends ValueFacts {
  readonly path: string;
  readonly min: string;
  readonly max: string;
  readonly choice?: boolean;
  readonly ref?: string;
  readonly attributes?: Readonly<Record<string, ValueFacts & { readonly use?: string }>>;
}

/** An element with what may stand inside it, in order. */
export interface ElementFacts {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly value: ValueFacts;
  readonly attributes: Readonly<Record<string, ValueFacts & { readonly use?: string }>>;
  readonly particles: readonly Particle[];
  /** True where the list stops: anything may stand inside. */
  readonly open: boolean;
}

/** One place in a sequence: an element, or a choice between sequences of elements. */
export type Particle =
  | { readonly kind: 'element'; readonly element: ElementFacts }
  | { readonly kind: 'choice'; readonly alternatives: readonly (readonly ElementFacts[])[] };

/**
 * Elements that stand together inside a choice. The list writes a choice flat, so it does not show that
 * Override/ShippingOverride offers either IsShippingRestricted or Type followed by ShipAmount.
 */
const TOGETHER: readonly (readonly string[])[] = [
  ['/Override/ShippingOverride/Type', '/Override/ShippingOverride/ShipAmount'],
];

/** The facts of one message type, for example "Price", or of "Header". */
export function loadElementFacts(name: string): ElementFacts {
  const all = JSON.parse(readFileSync(sharedFile('amazon', 'xsd-facts.json'), 'utf8')) as Record<string, FactRow[]>;
  const rows = all[name];
  const root = rows?.find((row) => row.path === `/${name}`);
  if (rows === undefined || root === undefined) throw new Error(`Expected facts about ${name}, found none.`);
  return toElement(root, rows);
}

function toElement(row: FactRow, rows: readonly FactRow[]): ElementFacts {
  const children = rows.filter((one) => parentPath(one.path) === row.path);
  return {
    name: row.path.slice(row.path.lastIndexOf('/') + 1),
    min: Number(row.min),
    max: row.max === 'unbounded' ? Number.POSITIVE_INFINITY : Number(row.max),
    value: row,
    attributes: row.attributes ?? {},
    particles: toParticles(children, rows),
    open: row.ref !== undefined,
  };
}

/** Neighbours marked as choice are one choice. */
function toParticles(children: readonly FactRow[], rows: readonly FactRow[]): readonly Particle[] {
  const particles: Particle[] = [];
  let choice: ElementFacts[][] | null = null;
  let pathBefore = '';
  for (const row of children) {
    const element = toElement(row, rows);
    if (!row.choice) {
      choice = null;
      particles.push({ kind: 'element', element });
    } else if (choice === null) {
      choice = [[element]];
      particles.push({ kind: 'choice', alternatives: choice });
    } else if (TOGETHER.some(([first, second]) => first === pathBefore && second === row.path))
      choice.at(-1)?.push(element);
    else choice.push([element]);
    pathBefore = row.path;
  }
  return particles;
}

function parentPath(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
