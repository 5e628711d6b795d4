// Builds the emulated board's parts, or takes them from the cache, and prints where they are as one line of JSON.
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheRoot } from './build/cache.mjs';
import { debianRoot } from './build/debian.mjs';
import { programDisk, systemDisk } from './build/image.mjs';
import { installation } from './build/installation.mjs';

const project = dirname(dirname(import.meta.dirname));
const cache = cacheRoot(process.env);
const started = performance.now();
const say = (line) => {
  console.error(`board, ${Math.round((performance.now() - started) / 1000)} s: ${line}`);
};

await mkdir(cache, { recursive: true });
const debian = await debianRoot({ cache, say });
const installed = await installation({ cache, project, debian, say });
const system = await systemDisk({ cache, debian, installed, say });
const program = join(cache, `program-${process.pid}.disk`);
await programDisk({ project, file: program });
say('built');
console.log(JSON.stringify({ ...system, program }));
