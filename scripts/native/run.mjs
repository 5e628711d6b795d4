import { spawn } from 'node:child_process';

/** An error with the sentence that says what to do about it. */
export class StageError extends Error {
  constructor(message, cure) {
    super(message);
    this.cure = cure;
  }
}

/**
 * Runs a program by argument array, quietly. Resolves with its output; rejects with the gist of what it said, and the `signal` that ended it if one did.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, limitMs: number }} options
 * @returns {Promise<string>}
 */
export function run(program, args, { cwd, env, limitMs }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    // Not spawn's own `timeout`: where there is no such program its timer would hold the installation up until it ran out.
    setTimeout(() => child.kill('SIGKILL'), limitMs).unref();
    let output = '';
    const keep = (chunk) => {
      output = (output + String(chunk)).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else
        reject(
          Object.assign(new Error(`${program} exited with ${signal ?? code}: ${gist(output)}`), { signal }),
        );
    });
  });
}

/** Whether a program starts at all and says it is well. */
export async function runs(program, args, env) {
  try {
    await run(program, args, { env, limitMs: 30_000 });
    return true;
  } catch {
    return false;
  }
}

/** The line that names the error, or the last one. */
function gist(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => /\berror:/i.test(line)) ?? lines.at(-1) ?? 'it said nothing').trim();
}
