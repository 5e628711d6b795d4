import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashOf, inputsOf } from './inputs.mjs';

/** Characters at the end of a command's output in which its closing line is expected. */
const TAIL = 4000;
const CLOSING_LINE = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm;

/** A proof runs as declared, whatever the shell has set; this variable only names a place with disk space. */
const PASSED_ON = ['KIOSK_TRY_DIR'];

/** A proof that failed, or could not run. */
export class ProofError extends Error {}

/**
 * Runs a proof's steps; steps that passed before an interruption are not repeated while the inputs are the same.
 *
 * @param {string} root
 * @param {import('../../proofs/declarations.mjs').Proof} proof
 * @param {object} declarations
 * @param {{ limitMs?: number, install?: boolean }} options `install`: install missing Debian packages, as in CI
 * @returns {Promise<{ inputs: object, hash: string, seconds: number, figures: object }>}
 * @throws ProofError
 */
export async function runProof(root, proof, declarations, { limitMs = Infinity, install = false } = {}) {
  const inputs = await inputsOf(root, proof, declarations);
  requireAll(root, proof, inputs, install);
  const hash = hashOf(inputs);
  const state = join(root, 'proofs/.state', `${proof.name}.json`);
  const done = await stepsDone(state, hash);
  const end = performance.now() + limitMs;
  for (const step of proof.steps.slice(done.length)) {
    done.push(await runStep(root, proof, step, end - performance.now()));
    await mkdir(join(root, 'proofs/.state'), { recursive: true });
    await writeFile(state, JSON.stringify({ hash, done }));
  }
  await rm(state, { force: true });
  if (hashOf(await inputsOf(root, proof, declarations)) !== hash)
    throw new ProofError('its inputs changed while it ran');
  const seconds = done.reduce((sum, step) => sum + step.seconds, 0);
  return { inputs, hash, seconds, figures: Object.assign({}, ...done.map((step) => step.figures)) };
}

/** Checks the requirements before the first step, so that nothing fails for a missing program after minutes. */
function requireAll(root, { root: asRoot, packages = [], outside = [] }, inputs, install) {
  if (asRoot && process.getuid() !== 0) throw new ProofError('it must run as root');
  const absent = outside.find((folder) => inputs[folder] === undefined);
  if (absent !== undefined) throw new ProofError(`it needs ${absent}, which this machine does not have`);
  const missing = packages.filter((name) => spawnSync('dpkg', ['-s', name]).status !== 0);
  if (missing.length === 0) return;
  const command = `apt-get install -y -qq --no-install-recommends ${missing.join(' ')}`;
  if (!install) throw new ProofError(`it needs packages: sudo ${command}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status } = spawnSync('sh', ['-c', `apt-get update -qq && ${command}`], { env, stdio: 'inherit' });
  if (status !== 0) throw new ProofError(`${missing.join(' ')} could not be installed`);
}

async function stepsDone(state, hash) {
  if (!existsSync(state)) return [];
  const kept = JSON.parse(await readFile(state, 'utf8'));
  return kept.hash === hash ? kept.done : [];
}

async function runStep(root, proof, command, limitMs) {
  const [program, ...args] = command.split(' ');
  const folder = await mkdtemp(join(tmpdir(), 'kiosk-proof-'));
  const figuresFile = join(folder, 'figures');
  try {
    const started = performance.now();
    const { code, tail } = await runCommand(program, args, {
      cwd: root,
      env: { ...cleanEnvironment(), ...proof.env, KIOSK_TEST_NO_SKIP: '1', KIOSK_PROOF_FIGURES: figuresFile },
      limitMs,
    });
    const [passed, failed, skipped] =
      [...tail.matchAll(CLOSING_LINE)]
        .at(-1)
        ?.slice(1)
        .map((count) => Number(count ?? 0)) ?? [];
    if (code !== 0) throw new ProofError(`${command} ended with ${code}`);
    if (failed > 0 || skipped > 0 || passed === 0)
      throw new ProofError(`${command}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
    const lines = existsSync(figuresFile) ? (await readFile(figuresFile, 'utf8')).trim().split('\n') : [];
    const figures = Object.assign(
      {},
      passed === undefined ? {} : { passed },
      ...lines.map((line) => JSON.parse(line)),
    );
    return { seconds: Math.round((performance.now() - started) / 1000), figures };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function cleanEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('KIOSK_') || PASSED_ON.includes(name)),
  );
}

/** In a process group of its own, so that everything it started can be ended with it. */
async function runCommand(program, args, { cwd, env, limitMs }) {
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const interrupted = () => {
    process.kill(-child.pid, 'SIGTERM');
    process.exit(130);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  const timer =
    limitMs === Infinity ? undefined : setTimeout(() => process.kill(-child.pid, 'SIGKILL'), limitMs);
  let tail = '';
  child.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    tail = (tail + chunk).slice(-TAIL);
  });
  try {
    const [code, signal] = await once(child, 'close');
    return { code: code ?? signal, tail };
  } catch (error) {
    throw new ProofError(`${program} could not be started: ${error.message}`);
  } finally {
    clearTimeout(timer);
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
}
