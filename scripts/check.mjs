// npm run check: the formatter, the linter, the module rules and the types side by side. Each report is printed whole when its check ends.
import { execFile } from 'node:child_process';

const CHECKS = ['check:format', 'check:lint', 'check:modules', 'check:types'];

/** Reports may be longer than the default of 1 MiB. */
const options = { maxBuffer: Infinity };

await Promise.all(
  CHECKS.map(
    (name) =>
      new Promise((resolve) => {
        execFile('npm', ['run', '-s', name], options, (error, stdout, stderr) => {
          if (error !== null) {
            console.error(`\n${name} failed\n${stdout}${stderr}`.trimEnd());
            process.exitCode = 1;
          }
          resolve();
        });
      }),
  ),
);
