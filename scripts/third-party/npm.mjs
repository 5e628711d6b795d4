import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SBOM_LIMIT_MS = 5 * 60_000;
const SBOM_MAX_BYTES = 64 * 1024 * 1024;
const IN_MODULES = 'node_modules/';
const SBOM = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'];

/**
 * The production packages for one platform, as npm's own CycloneDX document made from the lock file alone, which needs no network.
 * Optional packages that are for other systems, or that could not be installed, are left out. npm names the project after its folder;
 * here it has its own name.
 *
 * @param {{ project: string, arch: string, folderOf: (ref: string) => string | undefined }} options `arch` as Node names it
 */
export async function npmSbom({ project, arch, folderOf }) {
  const lock = await lockOf(project);
  const sbom = once(await sbomOf(await readJson(project, 'package.json'), lock));
  const root = { ...sbom.metadata.component, name: lock.name };
  const platform = { os: 'linux', cpu: arch, libc: 'glibc' };
  const foreign = packagesOf(lock).filter(({ entry }) => !runsOn(entry, platform));
  const refs = sbom.components.map((component) => component['bom-ref']);
  const optional = refs.filter((ref, i) => sbom.components[i].scope === 'optional');
  const left = [...foreign.map(({ ref }) => ref), ...optional.filter((ref) => folderOf(ref) === undefined)];
  const edges = new Map(sbom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const kept = reachable(root['bom-ref'], edges, new Set(left));
  return {
    ...sbom,
    metadata: { ...sbom.metadata, component: root },
    components: sbom.components.filter((component) => kept.has(component['bom-ref'])),
    dependencies: sbom.dependencies
      .filter(({ ref }) => kept.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) })),
  };
}

/**
 * npm's document for the production packages. Its `--omit=dev` also omits packages that both production and development need
 * (https://github.com/npm/cli/issues/7909), so it gets a copy of the project without development dependencies.
 */
async function sbomOf(manifest, lock) {
  const production = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && dev !== true);
  const folder = await mkdtemp(join(tmpdir(), 'kiosk-sbom-'));
  try {
    await writeFile(join(folder, 'package.json'), JSON.stringify(withoutDevelopment(manifest)));
    const packages = { '': withoutDevelopment(lock.packages['']), ...Object.fromEntries(production) };
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages }));
    const options = { cwd: folder, timeout: SBOM_LIMIT_MS, maxBuffer: SBOM_MAX_BYTES };
    const { stdout } = await promisify(execFile)(
      'npm',
      [...SBOM, '--offline', '--no-update-notifier'],
      options,
    );
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** npm 10 lists a package once for each folder it is installed in. */
function once({ components, dependencies, ...rest }) {
  const edges = new Map();
  for (const { ref, dependsOn } of dependencies)
    edges.set(ref, new Set([...(edges.get(ref) ?? []), ...dependsOn]));
  return {
    ...rest,
    components: [...new Map(components.map((component) => [component['bom-ref'], component])).values()],
    dependencies: [...edges].map(([ref, dependsOn]) => ({ ref, dependsOn: [...dependsOn] })),
  };
}

function withoutDevelopment(manifest) {
  return { ...manifest, devDependencies: undefined };
}

/** The packages in a folder `node_modules` that are not in the lock file: docker/modules adds libgpiod's binding. */
export async function unlockedPackages({ project, modules }) {
  const { packages } = await lockOf(project);
  const found = [];
  for (const name of await topLevel(modules)) {
    const locked = packages[`node_modules/${name}`] !== undefined;
    if (locked || !existsSync(join(modules, name, 'package.json'))) continue;
    const { version, license } = await readJson(join(modules, name), 'package.json');
    found.push({ name, version, licence: license, folder: join(modules, name) });
  }
  return found;
}

/**
 * Where a package is: in the modules that ship or, if it was pruned from them, in the project's.
 *
 * @returns {Promise<(ref: string) => string | undefined>} name@version of a package → its folder
 */
export async function foldersOf({ project, modules }) {
  const packages = packagesOf(await lockOf(project));
  const roots = [modules, join(project, 'node_modules')];
  return (wanted) => {
    const paths = packages.filter(({ ref }) => ref === wanted).map(({ path }) => path);
    const folders = roots.flatMap((root) => paths.map((path) => join(root, path)));
    return folders.find((folder) => existsSync(join(folder, 'package.json')));
  };
}

/** The version of a top-level package in the lock file, development dependencies included. */
export async function lockedVersion(project, name) {
  return (await lockOf(project)).packages[`node_modules/${name}`]?.version;
}

function lockOf(project) {
  return readJson(project, 'package-lock.json');
}

async function readJson(folder, name) {
  return JSON.parse(await readFile(join(folder, name), 'utf8'));
}

function packagesOf({ packages }) {
  const inModules = Object.entries(packages).filter(([path]) => path !== '');
  return inModules.map(([path, entry]) => {
    const name = entry.name ?? path.slice(path.lastIndexOf(IN_MODULES) + IN_MODULES.length);
    return { ref: `${name}@${entry.version}`, path: path.slice(IN_MODULES.length), entry };
  });
}

/** npm's rule: `os`, `cpu` and `libc` list what a package runs on, or with a “!” what it does not run on. */
function runsOn(entry, platform) {
  return Object.entries(platform).every(([key, value]) => {
    const listed = entry[key] ?? [];
    const named = listed.filter((name) => !name.startsWith('!'));
    return !listed.includes(`!${value}`) && (named.length === 0 || named.includes(value));
  });
}

function reachable(root, edges, excluded) {
  const seen = new Set([root]);
  // Iterating over a set also visits what is added to it meanwhile.
  for (const ref of seen) for (const next of edges.get(ref) ?? []) if (!excluded.has(next)) seen.add(next);
  return seen;
}

async function topLevel(modules) {
  const names = await readdir(modules);
  const nested = names.map(async (name) =>
    name.startsWith('@') ? (await readdir(join(modules, name))).map((inner) => `${name}/${inner}`) : [name],
  );
  return (await Promise.all(nested)).flat().filter((name) => !name.startsWith('.'));
}
