import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends a run with what was skipped and why, and the line `N passed, N failed, N skipped`. With KIOSK_TEST_NO_SKIP=1, as in .ci/run, a
 * skipped test makes the run fail.
 */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    const skipped: string[] = [];
    for (const module of modules) {
      if (module.state() === 'failed' && [...module.children.allTests()].length === 0) count.failed += 1;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') count.passed += 1;
        if (result.state === 'failed') count.failed += 1;
        if (result.state === 'skipped') {
          count.skipped += 1;
          skipped.push(`  ${test.fullName}${result.note === undefined ? '' : `: ${result.note}`}`);
        }
      }
    }
    if (skipped.length > 0) console.log(['', 'Skipped:', ...skipped].join('\n'));
    if (skipped.length > 0 && process.env.KIOSK_TEST_NO_SKIP === '1') {
      console.log('KIOSK_TEST_NO_SKIP=1: a skipped test counts as failed.');
      count.failed += count.skipped;
      count.skipped = 0;
      process.exitCode = 1;
    }
    console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  }
}
