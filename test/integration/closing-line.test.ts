import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestModule } from 'vitest/node';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import ClosingLineReporter from '../closing-line-reporter.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosk-counts-'));
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** The part of a module that the reporter reads. */
function moduleOf(...states: string[]): TestModule {
  const tests = states.map((state) => ({ fullName: state, result: () => ({ state }) }));
  const state = (): string => (states.includes('failed') ? 'failed' : 'passed');
  return { state, children: { allTests: () => tests } } as unknown as TestModule;
}

function lastLine(): unknown {
  return vi.mocked(console.log).mock.lastCall?.[0];
}

it('ends a run with one line that counts its tests, and errors outside of them as failures', () => {
  vi.stubEnv('KIOSK_TEST_COUNTS', undefined);
  vi.stubEnv('KIOSK_TEST_NO_SKIP', undefined);
  new ClosingLineReporter().onTestRunEnd([moduleOf('passed', 'passed', 'skipped')], []);
  expect(lastLine()).toBe('2 passed, 0 failed, 1 skipped');
  expect(console.log).toHaveBeenCalledWith(`\non Node ${process.version}`);
  new ClosingLineReporter().onTestRunEnd([], [{ message: 'the board could not be built' }]);
  expect(lastLine()).toBe('0 passed, 1 failed, 0 skipped');
});

it('keeps the counts of one of several runs for the closing line of them all', async () => {
  const counts = join(folder, 'counts');
  vi.stubEnv('KIOSK_TEST_COUNTS', counts);
  new ClosingLineReporter().onTestRunEnd([moduleOf('passed', 'failed')], []);
  new ClosingLineReporter().onTestRunEnd([moduleOf('passed')], []);
  expect(vi.mocked(console.log).mock.calls.join()).not.toContain('passed');
  expect(await readFile(counts, 'utf8')).toBe('1 1 0\n1 0 0\n');
});
