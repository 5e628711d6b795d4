import { defineConfig } from 'vitest/config';
import { ALONE } from './test/alone.ts';
import ByPath from './test/by-path.ts';

export default defineConfig({
  test: {
    // Otherwise TensorFlow logs dozens of lines; the kiosk sets the same for its inference process.
    env: { TF_CPP_MIN_LOG_LEVEL: '2' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/closing-line-reporter.ts'],
    sequence: { sequencer: ByPath },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          // They leave nothing behind in their process, so that the next file need not load everything anew: a third of their time.
          isolate: false,
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'beside others',
          include: ['test/{contract,integration,e2e}/**/*.test.ts'],
          exclude: [...ALONE],
          // Whoever waits, for a kiosk to start or a page to be drawn, leaves a core to another file.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: [...ALONE],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
