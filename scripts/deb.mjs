// Builds the Debian packages from a built project: node scripts/deb.mjs [amd64|arm64] [--revision N] [--out FOLDER]
import { mkdtemp, mkdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packageOf, TENSORFLOW } from './deb/packages.mjs';
import { modulesFor } from './deb/modules.mjs';
import { layTree, splitTensorflow } from './deb/tree.mjs';
import { run } from './native/run.mjs';

const PACK_LIMIT_MS = 30 * 60_000;
/** Node's architecture names, and Debian's. */
const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    revision: { type: 'string', default: '1' },
    out: { type: 'string', default: 'dist/deb' },
    tensorflow: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const arch = positionals[0] ?? ARCHITECTURES[process.arch];
if (!Object.values(ARCHITECTURES).includes(arch)) throw new Error('specify amd64 or arm64');

const project = resolve(import.meta.dirname, '..');
const { version } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));
const out = resolve(values.out);
const work = await mkdtemp(join(tmpdir(), 'kiosk-deb-'));
try {
  await mkdir(out, { recursive: true });
  const modules = await modulesFor({ arch, project, work });
  const roots = { kiosk: join(work, 'kiosk'), tensorflow: join(work, 'tensorflow') };
  const processor = Object.keys(ARCHITECTURES).find((name) => ARCHITECTURES[name] === arch);
  await layTree({ project, root: roots.kiosk, processor, ...modules });
  await splitTensorflow(roots.kiosk, roots.tensorflow);
  const facts = { version: `${version}-${values.revision}`, arch, project };
  await pack(roots.kiosk, await packageOf('dermoscopy-kiosk', { ...facts, root: roots.kiosk }));
  if (values.tensorflow)
    await pack(roots.tensorflow, await packageOf(TENSORFLOW, { ...facts, root: roots.tensorflow }));
} finally {
  await rm(work, { recursive: true, force: true });
}

/** zstd: a board unpacks it several times faster than xz. */
async function pack(root, { file }) {
  await run('dpkg-deb', ['--root-owner-group', '-Zzstd', '-z9', '--build', root, join(out, file)], {
    limitMs: PACK_LIMIT_MS,
  });
  console.log(join(out, file));
}
