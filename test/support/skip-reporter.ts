import { DefaultReporter, type TestCase, type TestModule, type TestSuite } from 'vitest/node';
import { groupByNeed, type Need } from './skipped-tests.js';

/**
 * The usual report, then every skipped test by name with the line that would run it, and the totals as the last line.
 *
 * With REQUIRE_ALL=1 a skip fails the run, unless its name says that it needs FEEDBRIDGE_SHARED.
 */
export class SkipReporter extends DefaultReporter {
  override onTestRunEnd(...args: Parameters<DefaultReporter['onTestRunEnd']>): void {
    super.onTestRunEnd(...args);
    const [modules, unhandledErrors] = args;
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const skipped = groupByNeed(tests.filter((test) => test.result().state === 'skipped' && !isCutOff(test)));
    // With a name filter (-t) nearly everything is left out on purpose.
    if (this.ctx.config.testNamePattern === undefined) this.log(describeSkips(skipped));
    const refused = process.env.REQUIRE_ALL === '1' ? countRefused(skipped) : 0;
    if (refused > 0) {
      this.log(`REQUIRE_ALL=1: of the skipped tests ${refused} count as failed.\n`);
      process.exitCode = 1;
    }
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const failed = tests.filter((test) => test.result().state === 'failed' || isCutOff(test)).length;
    const broken = modules.flatMap((module) => [module, ...module.children.allSuites()]).filter(isBrokenAlone).length;
    const left = [...skipped.values()].flat().length - refused;
    const total = `${passed} passed, ${failed + broken + unhandledErrors.length + refused} failed`;
    this.log(left > 0 ? `${total}, ${left} skipped` : total);
  }
}

function describeSkips(groups: ReadonlyMap<Need, readonly TestCase[]>): string {
  const texts = [...groups].map(([need, tests]) => {
    const names = tests.map((test) => `  ${test.module.relativeModuleId} > ${test.fullName}`);
    return [`Skipped, because it ${need.why}:`, ...names, `To run: ${need.line}`, ''].join('\n');
  });
  return texts.join('\n');
}

function countRefused(groups: ReadonlyMap<Need, readonly TestCase[]>): number {
  return [...groups].reduce((sum, [need, tests]) => sum + (need.excused ? 0 : tests.length), 0);
}

/** A test that a failing hook around it kept from running: vitest calls it skipped, but it has failed. */
function isCutOff(test: TestCase): boolean {
  if (test.result().state !== 'skipped' || test.options.mode !== 'run') return false;
  let parent: TestSuite | TestModule | undefined = test.parent;
  while (parent !== undefined) {
    if (parent.errors().length > 0) return true;
    parent = parent.type === 'suite' ? parent.parent : undefined;
  }
  return false;
}

/** A file that could not be loaded, or a hook that failed after its tests: no test carries that failure. */
function isBrokenAlone(parent: TestModule | TestSuite): boolean {
  return parent.errors().length > 0 && ![...parent.children.allTests()].some(isCutOff);
}
