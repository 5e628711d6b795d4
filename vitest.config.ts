import { defineConfig } from 'vitest/config';
import { IN_PROCESS } from './test/in-process.ts';

export default defineConfig({
  test: {
    // Otherwise TensorFlow logs dozens of lines; the kiosk sets the same for its inference process.
    env: { TF_CPP_MIN_LOG_LEVEL: '2' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/closing-line-reporter.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['test/unit/**/*.test.ts'],
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'in process',
          include: [...IN_PROCESS],
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'real',
          include: ['test/{contract,integration,e2e}/**/*.test.ts'],
          exclude: [...IN_PROCESS],
          // Browsers, native engines and real servers share two cores: running one file at a time keeps time limits meaningful.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
