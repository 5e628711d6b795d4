import { appendFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/**
 * Ends a run with what was skipped and why, Node's version, and the line `N passed, N failed, N skipped`. With KIOSK_TEST_NO_SKIP=1, as in .ci/run, a
 * skipped test makes the run fail. Where KIOSK_TEST_COUNTS names a file, the three numbers go there instead of the line: a run that is
 * one of several, as in .ci/run, has its part in one closing line of them all.
 */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    // Errors outside of every test, such as a set-up that failed, make the run fail too.
    const count = { passed: 0, failed: errors.length, skipped: 0 };
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
    console.log(`\non Node ${process.version}`);
    const counts = process.env.KIOSK_TEST_COUNTS;
    if (counts === undefined) {
      console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
    } else {
      appendFileSync(counts, `${count.passed} ${count.failed} ${count.skipped}\n`);
    }
  }
}
