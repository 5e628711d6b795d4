import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/board/**', '**/node_modules/**'],
    // Browsers, native engines and real servers share two cores: files one after the other keep time limits honest.
    fileParallelism: false,
    // TensorFlow tells its own story in dozens of lines otherwise; the kiosk sets the same for its inference process.
    env: { TF_CPP_MIN_LOG_LEVEL: '2' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/closing-line-reporter.ts'],
  },
});
