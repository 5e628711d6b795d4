// The Node that the kiosk is built, tested and shipped with, independent of the one installed here. Versions and hashes: scripts/pinned-node.json.
//   node scripts/pinned-node.mjs [22|24] [x64|arm64]   fetches it once with npm, and prints its folder (bin/node, include/node)
//   node scripts/pinned-node.mjs --shell [22|24]       prints shell commands that put it first in PATH
// This file must run on older Nodes: it fetches the newer one.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const LIMIT_MS = 15 * 60_000;

/** The one that ships. */
export const SHIPPED = '22';

const PINS = JSON.parse(readFileSync(new URL('./pinned-node.json', import.meta.url), 'utf8'));

/**
 * @param {{ major?: string, arch?: string, env?: NodeJS.ProcessEnv, say?: (line: string) => void }} [options]
 * @returns {Promise<string>} a folder with `bin/node` and the headers in `include/node`
 */
export async function pinnedNode({ major = SHIPPED, arch = process.arch, env = process.env, say } = {}) {
  const { name, integrity } = pinOf(major, arch);
  const folder = join(
    env.XDG_CACHE_HOME || join(homedir(), '.cache'),
    'dermoscopy-kiosk',
    folderName(name, integrity),
  );
  if (existsSync(folder)) return folder;
  if (say) say(`fetching ${name}`);
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}.`);
  try {
    const archive = await fetched(name, work, env);
    const found = `sha512-${createHash('sha512')
      .update(await readFile(archive))
      .digest('base64')}`;
    if (found !== integrity) throw new Error(`${name} is not the pinned file: ${found}, not ${integrity}`);
    await run('tar', ['-xzf', archive, '--no-same-owner', '-C', work], { env });
    // A rename: the folder is complete or absent. If another process was faster, its folder is identical.
    await rename(join(work, 'package'), folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}

/** `22.23.3`. */
export function pinnedVersion(major = SHIPPED) {
  return PINS[major].version;
}

function pinOf(major, arch) {
  const pin = PINS[major];
  if (pin === undefined)
    throw new Error(`Node ${major} is not pinned, only ${Object.keys(PINS).join(' and ')}`);
  if (pin[arch] === undefined) throw new Error(`Node ${major} is not pinned for ${arch}`);
  return { name: `node-linux-${arch}@${pin.version}`, integrity: pin[arch] };
}

/** Includes part of the hash: if only the pin changes, so does the file name. */
function folderName(name, integrity) {
  const digest = Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
  return `${name.replace('@', '-')}-${digest.slice(0, 8)}`;
}

async function fetched(name, work, env) {
  const args = ['pack', '--silent', '--prefer-offline', '--pack-destination', work, name];
  const { stdout } = await run('npm', args, { cwd: work, env });
  return join(work, stdout.trim().split('\n').pop());
}

function run(program, args, options) {
  return promisify(execFile)(program, args, { ...options, timeout: LIMIT_MS });
}

/** npm looks for its system-wide settings beside its Node: this keeps the machine's settings in force. */
async function shellLines(folder) {
  const { stdout } = await run('npm', ['config', 'get', 'globalconfig'], { env: process.env });
  const values = { npm_config_nodedir: folder, npm_config_globalconfig: stdout.trim() };
  const lines = Object.entries(values).map(([name, value]) => `export ${name}=${quoted(value)}`);
  return [`export PATH=${quoted(join(folder, 'bin'))}:"$PATH"`, ...lines].join('\n');
}

function quoted(text) {
  return `'${text.split("'").join(`'\\''`)}'`;
}

async function main() {
  const args = process.argv.slice(2);
  const shell = args[0] === '--shell';
  const [major, arch] = shell ? args.slice(1) : args;
  const say = (line) => console.error(`pinned-node: ${line}`);
  const folder = await pinnedNode({ major, arch, say });
  console.log(shell ? await shellLines(folder) : folder);
}

if (basename(process.argv[1] || '') === basename(fileURLToPath(import.meta.url))) {
  main().catch((error) => {
    console.error(`pinned-node: ${(error.stderr || error.message).trim()}`);
    process.exitCode = 1;
  });
}
