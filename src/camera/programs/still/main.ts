/**
 * One still by node-libcamera; the only argument is its options as JSON. A separate process, because the package offers
 * no way to cancel it, and takes the program's path and its own mode from the environment.
 *
 * Exit code 3: the package is missing; 1: the program failed, with its message on standard error.
 */
const options: unknown = JSON.parse(process.argv[2] ?? '{}');

const loaded = await import('node-libcamera').catch((error: unknown) => {
  process.stderr.write(String(error));
  process.exitCode = 3;
});

await loaded?.default.still(options).catch((error: unknown) => {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
