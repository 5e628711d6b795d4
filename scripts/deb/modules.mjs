import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { run } from '../native/run.mjs';
import { pinnedNode, pinnedVersion } from '../pinned-node.mjs';
import { cacheRoot } from '../../test/board/build/cache.mjs';
import { debianRoot } from '../../test/board/build/debian.mjs';
import { installation } from '../../test/board/build/installation.mjs';

/**
 * Paths of the production modules and the pinned Node: for this machine's architecture those installed and tested here, for another
 * those of the emulated board.
 *
 * @returns {Promise<{ node: string, nodeLicence?: string, modules: string, packages?: string[] }>} `nodeLicence`: unless it is where this
 *   machine's Node has it; `packages`: the production packages of `modules`; all unless given
 */
export async function modulesFor({ arch, project }) {
  const say = (line) => console.error(`deb: ${line}`);
  if (arch === { x64: 'amd64', arm64: 'arm64' }[process.arch]) {
    const modules = join(project, 'node_modules');
    // npm's own list of installed packages; `dev` marks those that only development needs.
    const { packages: all } = JSON.parse(await readFile(join(modules, '.package-lock.json'), 'utf8'));
    const packages = Object.entries(all)
      .filter(([, { dev }]) => dev !== true)
      .map(([path]) => relative('node_modules', path))
      .filter((name) => existsSync(join(modules, name)));
    const home = await pinnedNode({ say });
    const node = join(home, 'bin/node');
    await requireAddons(node, modules);
    return { node, nodeLicence: join(home, 'LICENSE'), modules, packages };
  }
  if (arch !== 'arm64') throw new Error(`packages for ${arch} must be built on ${arch}`);
  const cache = cacheRoot(process.env);
  await mkdir(cache, { recursive: true });
  const debian = await debianRoot({ cache, say });
  const installed = await installation({ cache, project, debian, say });
  const node = join(installed, 'node');
  return { node, nodeLicence: `${node}.LICENSE`, modules: join(installed, 'node_modules') };
}

/** The add-ons were compiled for the Node that ran npm, which may differ from the package's. */
async function requireAddons(node, modules) {
  const sqlite = JSON.stringify(join(modules, 'better-sqlite3'));
  const epoll = JSON.stringify(join(modules, 'epoll'));
  const script = `new (require(${sqlite}))(':memory:'); if (fs.existsSync(${epoll})) require(${epoll})`;
  await run(node, ['-e', script], { limitMs: 60_000 }).catch((error) => {
    const cure = 'scripts/with-node 22 npm rebuild better-sqlite3 epoll';
    throw new Error(`the add-ons do not load on the package's Node ${pinnedVersion()}; cure: ${cure}`, {
      cause: error,
    });
  });
}
