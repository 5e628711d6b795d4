import { defineConfig } from 'vitest/config';

/** Tests that are long proofs (`proofs/declarations.mjs`) and therefore not part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/proofs/*.test.ts'],
    fileParallelism: false,
    env: { TF_CPP_MIN_LOG_LEVEL: '2' },
    reporters: ['default', './test/closing-line-reporter.ts'],
  },
});
