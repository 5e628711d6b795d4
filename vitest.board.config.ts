import { defineConfig } from 'vitest/config';

/** The emulated ARM64 board (`npm run test:board`); not part of `npm test`, because it first builds a virtual machine. */
export default defineConfig({
  test: {
    // The reduced run tests the Debian package only, with one driver and one engine; “unpackaged” tests the rest.
    include: [
      `test/board/${{ reduced: 'package', unpackaged: 'board' }[process.env.KIOSK_BOARD_RUN ?? ''] ?? '*'}.test.ts`,
    ],
    globalSetup: ['test/board/setup.ts'],
    fileParallelism: false,
    // Shows the duration of each step while the run is in progress.
    disableConsoleIntercept: true,
    testTimeout: 30 * 60_000,
    hookTimeout: 10 * 60_000,
    env: { TF_CPP_MIN_LOG_LEVEL: '2' },
    reporters: ['default', './test/closing-line-reporter.ts'],
  },
});
