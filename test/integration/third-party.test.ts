import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import satisfies from 'spdx-satisfies';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

/**
 * Allowed licences: permissive ones, the LGPL for a shared library that can be replaced, the OFL for a typeface, and the non-commercial
 * Creative Commons licences for model weights.
 */
const ALLOWED = [
  ...['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'blessing'],
  ...['LGPL-3.0-or-later', 'OFL-1.1', 'CC-BY-NC-4.0', 'CC-BY-NC-SA-4.0'],
];
/** Not an SPDX expression: Node's own licence file is in the list, whole. */
const NODE = 'MIT, and the licences of the libraries in it';

interface Component {
  readonly 'bom-ref': string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly purl?: string;
  readonly components?: readonly Component[];
}
interface Sbom {
  readonly bomFormat: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}
interface Locked {
  readonly version: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
}

/** No registry listens there, so a request fails. */
const OFFLINE = {
  ...process.env,
  npm_config_registry: 'http://127.0.0.1:9/',
  npm_config_prefer_offline: 'false',
};

const list = (project: string, out: string, ...args: string[]) =>
  run(process.execPath, [join(project, 'scripts', 'third-party.mjs'), ...args, '--out', out], {
    env: OFFLINE,
  });

let folder: string;
let licences: string;
let sbom: Sbom;
/** Name and version → licence, from the table at the top. */
let table: Map<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosk-third-party-'));
  await list(root, folder);
  licences = await readFile(join(folder, 'THIRD-PARTY-LICENSES'), 'utf8');
  sbom = JSON.parse(await readFile(join(folder, 'sbom.cdx.json'), 'utf8')) as Sbom;
  const [, rows] = licences.split('\n\n');
  table = new Map(rows!.split('\n').map((row) => row.split(/ {2,}/) as [string, string]));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The licence text below a component's name. */
function textOf(part: string): string {
  const sections = licences.split(`${'='.repeat(100)}\n`).slice(1);
  const found = sections.find((section) => section.split('\n\n')[0]!.split('\n').includes(part));
  return found === undefined ? '' : found.slice(found.indexOf('\n\n'));
}

async function requiredPackages(): Promise<string[]> {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const required = Object.entries(packages).filter(
    ([path, { dev, optional, devOptional }]) => path !== '' && !(dev ?? optional ?? devOptional ?? false),
  );
  return required.map(
    ([path, { version }]) => `${path.slice(path.lastIndexOf('node_modules/') + 13)} ${version}`,
  );
}

describe('the list of third-party licences', () => {
  it('has every production package of the lock file, shared with development or not', async () => {
    const required = await requiredPackages();
    expect(required.length).toBeGreaterThan(90);
    expect(required.filter((name) => !table.has(name))).toEqual([]);
  });

  it('has the optional packages that are installed, and none for another system', () => {
    const names = [...table.keys()].map((label) => label.replace(/ \S+$/, ''));
    expect(names).toContain(`@img/sharp-libvips-linux-${process.arch}`);
    expect(names.filter((name) => /win32|darwin|musl|wasm/.test(name))).toEqual([]);
  });

  it('has no development dependency except those built into the screen', () => {
    const names = [...table.keys()].map((label) => label.replace(/ \S+$/, ''));
    for (const name of ['vitest', 'typescript', 'eslint', 'playwright-core', 'vite'])
      expect(names).not.toContain(name);
    for (const name of ['preact', '@preact/signals', 'socket.io-client', '@fontsource/arimo'])
      expect(names).toContain(name);
  });

  it('has only licences that are allowed', () => {
    const others = [...table].filter(([, licence]) => licence !== NODE && !satisfies(licence, ALLOWED));
    expect(others).toEqual([]);
    expect(satisfies('GPL-3.0-only', ALLOWED)).toBe(false);
    expect(satisfies('MIT AND GPL-3.0-only', ALLOWED)).toBe(false);
  });

  it('has each component once, though the service and the screen share some', () => {
    const [, rows] = licences.split('\n\n');
    expect(rows!.split('\n')).toHaveLength(table.size);
  });

  it('has a text for every component', () => {
    const without = [...table.keys()].filter((part) => textOf(part).trim().length < 150);
    expect(without).toEqual([]);
  });

  it.each([
    ['node', /Node\.js is licensed for use as follows[\s\S]*OpenSSL[\s\S]*V8/],
    ['libtensorflow', /Apache License[\s\S]*Caffe[\s\S]*Eigen/i],
    ['onnxruntime', /Copyright \(c\) Microsoft Corporation[\s\S]*protobuf/i],
    [
      'libvips',
      /librsvg[\s\S]*lovell\/sharp-libvips[\s\S]*GNU LESSER GENERAL PUBLIC LICENSE[\s\S]*GNU GENERAL PUBLIC LICENSE/,
    ],
    ['sqlite', /disclaims copyright/],
    ['@fontsource/arimo', /SIL OPEN FONT LICENSE/],
    ['lesion-pair', /CC-BY-NC-4\.0[\s\S]*CC-BY-NC-SA-4\.0[\s\S]*EfficientNet-Lite[\s\S]*Apache License/],
    ['seed-cnn', /CC-BY-NC-4\.0/],
    ['agent-base', /Copyright \(c\) 2013 Nathan Rajlich <nathan@tootallnate\.net>/],
  ])('has the terms of %s and of its contents', (name, terms) => {
    const part = [...table.keys()].find((label) => label.startsWith(`${name} `));
    expect(textOf(part ?? '')).toMatch(terms);
  });

  it('repeats the licence of a model’s card', async () => {
    const card = JSON.parse(await readFile(join(root, 'model/bundles/lesion-pair/card.json'), 'utf8')) as {
      licence: string;
      version: string;
    };
    expect(textOf(`lesion-pair ${card.version}`)).toContain(card.licence);
    for (const terms of ['CC BY-NC 4.0', 'CC BY-NC-SA 4.0', 'Apache-2.0'])
      expect(card.licence).toContain(terms);
  });
});

describe('the SBOM', () => {
  it('is a CycloneDX document of this project, created without a network', () => {
    expect(sbom.bomFormat).toBe('CycloneDX');
    expect(sbom.metadata.component).toMatchObject({ name: 'dermoscopy-kiosk', type: 'application' });
  });

  it('lists the packages with native code and their contents', () => {
    const parts = sbom.components.flatMap((part) => [part, ...(part.components ?? [])]);
    const names = parts.map(({ name }) => name);
    for (const name of [
      'better-sqlite3',
      'onnxruntime-node',
      'sharp',
      `@img/sharp-libvips-linux-${process.arch}`,
    ])
      expect(names).toContain(name);
    for (const name of [
      'node',
      'libtensorflow',
      'onnxruntime',
      'libvips',
      'librsvg',
      'sqlite',
      'lesion-pair',
    ])
      expect(names).toContain(name);
    expect(parts.find(({ name }) => name === 'node')?.version).toBe(process.versions.node);
  });

  it('lists the same components as the licences', () => {
    const labels = sbom.components.map(({ name, version }) => `${name} ${version}`);
    expect(labels.sort()).toEqual([...table.keys()].sort());
  });

  it('has each component once, and no edge to a component that is not listed', () => {
    const refs = sbom.components.map((part) => part['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    const known = new Set([...refs, sbom.metadata.component['bom-ref']]);
    const ends = sbom.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
    expect(ends.filter((ref) => !known.has(ref))).toEqual([]);
  });
});

it('names SQLite when its sources have been pruned from the modules that ship', async () => {
  const modules = join(folder, 'pruned');
  const addon = 'better-sqlite3/package.json';
  await mkdir(join(modules, 'better-sqlite3'), { recursive: true });
  await cp(join(root, 'node_modules', addon), join(modules, addon));
  const out = join(folder, 'of-pruned');
  await list(root, out, 'licences', '--modules', modules);
  const named = [...table].filter(([name]) => name.startsWith('sqlite '));
  expect(named).toHaveLength(1);
  expect(await readFile(join(out, 'THIRD-PARTY-LICENSES'), 'utf8')).toContain(named[0]![0]);
});

describe('a component with unknown terms', () => {
  let project: string;

  beforeAll(async () => {
    project = join(folder, 'project');
    await mkdir(project);
    for (const name of [
      'scripts',
      'packaging',
      'package.json',
      'package-lock.json',
      'LICENSE',
      'dist/kiosk-ui',
    ])
      await cp(join(root, name), join(project, name), { recursive: true });
    await symlink(join(root, 'node_modules'), join(project, 'node_modules'));
    await cp(
      join(root, 'model/bundles/seed-cnn/card.json'),
      join(project, 'model/bundles/seed-cnn/card.json'),
    );
  });

  it('is rejected: a model bundle without an entry', async () => {
    const bundle = join(project, 'model/bundles/newcomer');
    await cp(join(project, 'model/bundles/seed-cnn'), bundle, { recursive: true });
    await expect(list(project, folder)).rejects.toThrow('does not state the sources of newcomer');
    await rm(bundle, { recursive: true });
    await list(project, folder, 'sbom');
  });

  it('is rejected: a package without a licence', async () => {
    const file = join(project, 'package-lock.json');
    const whole = await readFile(file, 'utf8');
    const lock = JSON.parse(whole) as { packages: Record<string, Locked> };
    lock.packages['node_modules/fastify'] = { version: lock.packages['node_modules/fastify']!.version };
    await writeFile(file, JSON.stringify(lock));
    await expect(list(project, folder)).rejects.toThrow(/fastify \S+ names no licence/);
    await writeFile(file, whole);
  });

  it('is rejected: an engine with notices for another version only', async () => {
    const notices = join(project, 'packaging/third-party/notices');
    const { packages } = JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, Locked>;
    };
    const { version } = packages['node_modules/onnxruntime-node']!;
    await rename(join(notices, `onnxruntime-${version}.txt`), join(notices, 'onnxruntime-0.0.1.txt'));
    await expect(list(project, folder)).rejects.toThrow(
      `there is no packaging/third-party/notices/onnxruntime-${version}.txt`,
    );
  });
});

describe('a Debian package', () => {
  it('has links to licences, notice and SBOM, the changelog and the project’s page', async () => {
    const tree = join(folder, 'tree');
    await mkdir(join(tree, 'opt/kiosk/node_modules'), { recursive: true });
    const { packageOf } = (await import(join(root, 'scripts/deb/packages.mjs'))) as {
      packageOf: (name: string, facts: object) => Promise<{ file: string }>;
    };
    const facts = { version: '0.2.0-1', arch: 'amd64', project: root, root: tree };
    await packageOf('dermoscopy-kiosk', facts);
    const documents = join(tree, 'usr/share/doc/dermoscopy-kiosk');
    for (const name of ['NOTICE', 'THIRD-PARTY-LICENSES', 'sbom.cdx.json'])
      expect(await readlink(join(documents, name))).toBe(`/opt/kiosk/${name}`);
    expect(gunzipSync(await readFile(join(documents, 'changelog.gz'))).toString()).toContain('# Changelog');
    expect(await readFile(join(documents, 'copyright'), 'utf8')).toContain('THIRD-PARTY-LICENSES');
    const { homepage } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      homepage: string;
    };
    expect(await readFile(join(tree, 'DEBIAN/control'), 'utf8')).toContain(`\nHomepage: ${homepage}\n`);
  });
});
