/**
 * Files of tests that run one after the other, with nothing beside them: what they test has a few seconds at most for its answer. All others
 * run beside another file, where things take longer: they wait until something is so.
 */
export const ALONE: readonly string[] = [
  // A page that was lost shows the same session again within five seconds.
  'test/e2e/reload.test.ts',
  // A camera is found to be stalled after a second, and is live five seconds after it is back.
  'test/integration/camera-faults.test.ts',
  // A program that hangs must have started before it is ended, after three seconds.
  'test/integration/camera-still.test.ts',
  // A service that does not answer for a second and a half is restarted.
  'test/integration/systemd.test.ts',
];
