// Builds the parts of the emulated boards, or takes them from the cache, and prints their paths as one line of JSON.
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheRoot } from './build/cache.mjs';
import { debianRoot, installingDebian } from './build/debian.mjs';
import { bootFiles, installingDisk, packagesDisk, programDisk, systemDisk } from './build/image.mjs';
import { installation } from './build/installation.mjs';
import { run } from '../../scripts/native/run.mjs';

const PACK_LIMIT_MS = 15 * 60_000;

const project = dirname(dirname(import.meta.dirname));
const cache = cacheRoot(process.env);
const started = performance.now();
const say = (line) => {
  console.error(`board, ${Math.round((performance.now() - started) / 1000)} s: ${line}`);
};

await mkdir(cache, { recursive: true });
const debian = await debianRoot({ cache, say });
const boot = await bootFiles({ cache, debian, say });
const boards = {};
if (process.env.KIOSK_BOARD_RUN !== 'unpackaged') boards.packaged = { ...boot, ...(await packaged()) };
if (process.env.KIOSK_BOARD_RUN !== 'reduced') boards.unpackaged = { ...boot, ...(await unpackaged()) };
say('built');
console.log(JSON.stringify(boards));

/** The project as built here, on a disk that is mounted in its place. */
async function unpackaged() {
  const installed = await installation({ cache, project, debian, say });
  const disk = await systemDisk({ cache, debian, installed, say });
  const second = join(cache, `program-${process.pid}.disk`);
  await programDisk({ project, file: second });
  return { disk, second };
}

/** Debian without the kiosk, and a disk with the kiosk's packages. */
async function packaged() {
  const disk = await installingDisk({ cache, debian: await installingDebian({ cache, say }), say });
  const second = join(cache, `packages-${process.pid}.disk`);
  const packages = `${second}.debs`;
  say('building the packages for arm64');
  await run(process.execPath, [join(project, 'scripts/deb.mjs'), 'arm64', '--out', packages], {
    limitMs: PACK_LIMIT_MS,
  });
  await packagesDisk({ packages, file: second });
  await rm(packages, { recursive: true });
  return { disk, second };
}
