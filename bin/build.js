// Builds what changed since the last build: npm run build
// In bin/, not scripts/, because npm start also runs it in an installed copy, which has no sources and needs no build.
import './require-node.js';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The lock file represents the compilers and the screen's packages. */
const COMMON = ['package-lock.json', 'tsconfig.json'];

/** `inputs` are files and folders; the build is in place when `output` is. */
const PARTS = {
  service: {
    inputs: [...COMMON, 'tsconfig.build.json', 'src'],
    output: 'dist/main.js',
    command: ['typescript/bin/tsc', '-p', 'tsconfig.build.json'],
  },
  screen: {
    inputs: [...COMMON, 'vite.config.ts', 'kiosk-ui', 'src/protocol'],
    output: 'dist/kiosk-ui/index.html',
    // Vite's default config loader writes a file into the project, which may be read-only except for dist.
    command: ['vite/bin/vite.js', 'build', '--logLevel', 'warn', '--configLoader', 'runner'],
  },
};

function main() {
  if (!existsSync(join(root, 'src'))) {
    if (existsSync(join(root, PARTS.service.output))) return 0;
    return refuse('there is neither a build nor its sources', 'install the kiosk again');
  }
  for (const [name, part] of Object.entries(PARTS)) {
    const hash = hashOf(part.inputs);
    const stamp = join(root, 'dist', `.built-${name}`);
    if (existsSync(join(root, part.output)) && contentOf(stamp) === hash) continue;
    const [program, ...args] = part.command;
    const compiler = join(root, 'node_modules', program);
    if (!existsSync(compiler))
      return refuse('what compiles it is not installed', 'npm ci, without --omit=dev');
    if (!canWrite())
      return refuse(`${join(root, 'dist')} cannot be written`, 'run npm run build as its owner');
    // With its incremental record, the compiler would not restore deleted output.
    if (!existsSync(join(root, part.output))) rmSync(join(root, 'dist/.tsbuildinfo'), { force: true });
    const { status } = spawnSync(process.execPath, [compiler, ...args], { cwd: root, stdio: 'inherit' });
    if (status !== 0) return status ?? 1;
    writeFileSync(stamp, hash);
  }
  return 0;
}

function refuse(reason, cure) {
  console.error(`The kiosk must be built and cannot be: ${reason}. Cure: ${cure}.`);
  return 1;
}

function hashOf(inputs) {
  const hash = createHash('sha256');
  const add = (path) => {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  };
  for (const input of inputs.filter((path) => existsSync(join(root, path)))) {
    if (statSync(join(root, input)).isFile()) add(input);
    else for (const path of filesIn(input)) add(path);
  }
  return hash.digest('hex');
}

function filesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

function contentOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function canWrite() {
  try {
    mkdirSync(join(root, 'dist'), { recursive: true });
    accessSync(join(root, 'dist'), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

process.exitCode = main();
