import { spawn } from 'node:child_process';

/** An error with its cure, a sentence. */
export class StageError extends Error {
  constructor(message, cure) {
    super(message);
    this.cure = cure;
  }
}

/**
 * Runs a program by argument array, silently. Resolves with its output; rejects with the main line of its output, and the `signal` if one ended it.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, limitMs: number }} options
 * @returns {Promise<string>}
 */
export function run(program, args, { cwd, env, limitMs }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    // Not spawn's own `timeout`: if the program does not exist, its timer would keep the installation running until it expired.
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

/** Whether a program starts and exits with 0. */
export async function runs(program, args, env) {
  try {
    await run(program, args, { env, limitMs: 30_000 });
    return true;
  } catch {
    return false;
  }
}

/** The line with the error, or the last one. */
function gist(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => /\berror:/i.test(line)) ?? lines.at(-1) ?? 'it said nothing').trim();
}
