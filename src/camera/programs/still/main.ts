/**
 * One still by node-libcamera, whose options are the one argument, as JSON. A process of its own, since the package offers no other way to be
 * ended, and takes the program's place and its own mode from the environment.
 *
 * Exit code 3: there is no such package; 1: the program failed, with its words on standard error.
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
