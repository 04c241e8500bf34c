import type { TestCase } from 'vitest/node';

/** Why tests did not run, and the line that runs them. */
export interface Need {
  readonly why: string;
  readonly line: string;
  /** True when such a skip is no failure with REQUIRE_ALL=1. */
  readonly excused: boolean;
}

/** What a skipped test needs, known by its full name. */
const NEEDS: readonly (Need & { readonly name: RegExp })[] = [
  {
    name: /TEST_MYSQL_URL/,
    why: 'needs a MariaDB or MySQL server',
    line: 'TEST_MYSQL_URL=mysql://USER:PASSWORD@127.0.0.1:3306/ npm test',
    excused: false,
  },
  {
    name: /FEEDBRIDGE_SHARED/,
    why: 'needs the shared material, which a clone may lack',
    line: 'FEEDBRIDGE_SHARED=/path/to/shared npm test',
    excused: true,
  },
];

const SWITCHED_OFF: Need = {
  why: 'is switched off in its file',
  line: 'take away its .skip, .todo, or the .only beside it',
  excused: false,
};

/** Groups skipped tests by what they need, in the order in which they come. */
export function groupByNeed(tests: readonly TestCase[]): ReadonlyMap<Need, readonly TestCase[]> {
  const groups = new Map<Need, TestCase[]>();
  for (const test of tests) {
    const need = NEEDS.find(({ name }) => name.test(test.fullName)) ?? SWITCHED_OFF;
    groups.set(need, [...(groups.get(need) ?? []), test]);
  }
  return groups;
}
