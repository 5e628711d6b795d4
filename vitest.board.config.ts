import { defineConfig } from 'vitest/config';

/** The emulated ARM64 board (`npm run test:board`): not a part of `npm test`, since it builds a machine first. */
export default defineConfig({
  test: {
    // The reduced run has the Debian package alone: one driver and one engine. “laid” is what it leaves out.
    include: [
      `test/board/${{ reduced: 'package', laid: 'board' }[process.env.KIOSK_BOARD_RUN ?? ''] ?? '*'}.test.ts`,
    ],
    globalSetup: ['test/board/setup.ts'],
    fileParallelism: false,
    // How long each step took is worth seeing while the run goes on.
    disableConsoleIntercept: true,
    testTimeout: 30 * 60_000,
    hookTimeout: 10 * 60_000,
    env: { TF_CPP_MIN_LOG_LEVEL: '2' },
    reporters: ['default', './test/closing-line-reporter.ts'],
  },
});
