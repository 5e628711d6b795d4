/**
 * Files of test/contract and test/integration that may run beside each other: all they need is in their own process, and nothing in them is
 * measured by the clock. `test/unit/test-files.test.ts` holds them to the first; a file that is not listed runs alone.
 */
export const IN_PROCESS: readonly string[] = [
  ...['lamp', 'store'].map((name) => `test/contract/${name}.test.ts`),
  ...[
    ...['backlight', 'bundle', 'button-faults', 'camera-calibration', 'closing-line', 'context', 'gpio'],
    ...[
      'log-filter',
      'pin',
      'retention',
      'self-test',
      'server-assessments',
      'server-captures',
      'server-http',
    ],
    ...['server-safety', 'server-socket', 'settings', 'statistics'],
  ].map((name) => `test/integration/${name}.test.ts`),
];
