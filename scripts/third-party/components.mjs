import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { planFor } from '../native/plan.mjs';
import { lockedVersion } from './npm.mjs';

/**
 * A component that the npm lock file does not name as a production package.
 *
 * @typedef {{ component: object, licence: string, text: string }} Part `component` is CycloneDX; `licence` is an SPDX expression or, where
 *   there is none, plain words
 */

const CREATIVE_COMMONS = {
  'CC-BY-NC-4.0': 'https://creativecommons.org/licenses/by-nc/4.0/legalcode',
  'CC-BY-NC-SA-4.0': 'https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode',
};

const HAM10000_IMAGES = {
  name: 'HAM10000 images',
  licence: 'CC-BY-NC-4.0',
  source:
    'P. Tschandl, C. Rosendahl, H. Kittler, Scientific Data 5:180161 (2018), https://doi.org/10.1038/sdata.2018.161',
};
const HAM10000_MASKS = {
  name: 'HAM10000 lesion segmentation masks',
  licence: 'CC-BY-NC-SA-4.0',
  source:
    'P. Tschandl et al., Nature Medicine 26:1229–1234 (2020), https://doi.org/10.1038/s41591-020-0942-0',
};
const EFFICIENTNET_LITE = {
  name: 'EfficientNet-Lite1 and EfficientNet-Lite2, ImageNet weights',
  licence: 'Apache-2.0',
  source:
    'Google, https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet/lite, as PyTorch files copyright 2020 ML Illustrated',
};

/** The training data and initial weights of each bundle. Its weights are distributed under the strictest of their licences. */
const BUNDLES = {
  'lesion-pair': { licence: 'CC-BY-NC-SA-4.0', from: [HAM10000_IMAGES, HAM10000_MASKS, EFFICIENTNET_LITE] },
  'seed-cnn': { licence: 'CC-BY-NC-4.0', from: [HAM10000_IMAGES] },
};

/** The LGPL requires that recipients can get the library's source and replace the library with a modified one. */
const LIBVIPS_SOURCES = `The sources of these libraries, and how they are built: https://github.com/lovell/sharp-libvips, by the version
of the package @img/sharp-libvips. They are one shared library in that package's folder lib, which another build may replace.`;

/** Where distributions of Node put its licence, relative to the installation prefix. */
const NODE_LICENCES = [
  'LICENSE',
  'share/doc/node/LICENSE',
  'share/doc/nodejs/LICENSE',
  'share/doc/nodejs/copyright',
];

export async function nodeRuntime(licenceFile) {
  const prefix = dirname(dirname(process.execPath));
  const file =
    licenceFile ?? NODE_LICENCES.map((name) => join(prefix, name)).find((path) => existsSync(path));
  if (file === undefined)
    throw new Error(`the licence of Node is not beside ${process.execPath}: name it with --node-licence`);
  const licence = 'MIT, and the licences of the libraries in it';
  return {
    component: { ...generic('node', process.versions.node), licenses: licensesOf(licence) },
    ...{ licence, text: await readFile(file, 'utf8') },
  };
}

export async function libtensorflow({ project, arch }) {
  const facts = { platform: 'linux', arch, glibc: 'yes', node: '20', skip: false, omitted: false };
  const { wheel } = planFor(facts);
  const [name, version] = wheel.requirement.split('==');
  const hashes = [{ alg: 'SHA-256', content: wheel.sha256 }];
  const licence = 'Apache-2.0';
  const from = { purl: `pkg:pypi/${name}@${version}`, hashes, licenses: licensesOf(licence) };
  return noticed(project, { component: { ...generic('libtensorflow', version), ...from }, licence });
}

export async function onnxruntimeLibrary({ project }) {
  const version = await lockedVersion(project, 'onnxruntime-node');
  const licence = 'MIT';
  const component = { ...generic('onnxruntime', version), licenses: licensesOf(licence) };
  return noticed(project, { component, licence });
}

/** The libraries linked into these change with every version, so the notices are kept for the pinned version. */
async function noticed(project, part) {
  const { name, version } = part.component;
  const file = `packaging/third-party/notices/${name}-${version}.txt`;
  const text = await readFile(join(project, file), 'utf8').catch(() => {
    throw new Error(`there is no ${file}: docs/dependencies.md says where it comes from`);
  });
  return { ...part, text };
}

/** libvips and the libraries that are linked into it, by the versions and the table of licences in sharp's package of it. */
export async function libvips({ folder, texts }) {
  const versions = JSON.parse(await readFile(join(folder, 'versions.json'), 'utf8'));
  const readme = await readFile(join(folder, 'README.md'), 'utf8');
  const [, section] = readme.split(/^## Licensing\n/m);
  const licences = new Map(
    [...section.matchAll(/^\| (\S+) +\| (.*?) *\|$/gm)].map(([, name, licence]) => [name, licence]),
  );
  const linked = Object.entries(versions).map(([key, version]) => {
    const name = licences.has(key) ? key : `lib${key}`;
    const licence = licences.get(name) ?? 'see its own terms';
    return { ...generic(name, version), licenses: [{ license: { name: plain(licence) } }] };
  });
  const [own] = linked.filter(({ name }) => name === 'libvips');
  const licence = 'LGPL-3.0-or-later';
  return {
    component: { ...own, licenses: licensesOf(licence), components: linked.filter((part) => part !== own) },
    ...{ licence, text: `${section.trim()}\n\n${LIBVIPS_SOURCES}\n\n${await texts.lgpl()}` },
  };
}

/** From the project's own modules, of the same lock file: the sources are pruned from those that ship. */
export async function sqlite({ project }) {
  const header = await readFile(join(project, 'node_modules/better-sqlite3/deps/sqlite3/sqlite3.h'), 'utf8');
  const [, version] = /^#define SQLITE_VERSION +"([\d.]+)"/m.exec(header);
  const licence = 'blessing';
  const [, text] = /\n(\*\* The author disclaims copyright[\s\S]*?)\n\*{20}/.exec(header);
  return {
    component: { ...generic('sqlite', version), licenses: licensesOf(licence) },
    ...{ licence, text: text.replaceAll(/^\*\* ?/gm, '') },
  };
}

/** The packages that Vite bundled into the screen (it writes the list itself), and the typeface. */
export async function screenParts({ project }) {
  const screen = join(project, 'dist/kiosk-ui');
  const listed = JSON.parse(await readFile(join(screen, 'licences.json'), 'utf8'));
  const scripts = listed.map(({ name, version, identifier, text }) => ({
    component: npmComponent({ name, version, licence: identifier }),
    ...{ licence: identifier, text },
  }));
  const name = '@fontsource/arimo';
  const version = await lockedVersion(project, name);
  const licence = 'OFL-1.1';
  const text = await readFile(join(screen, 'arimo-licence.txt'), 'utf8');
  return [...scripts, { component: npmComponent({ name, version, licence }), licence, text }];
}

/** The model bundles that ship, each with its sources. */
export async function modelParts({ project, texts }) {
  const bundles = join(project, 'model/bundles');
  const names = (await readdir(bundles)).sort();
  return Promise.all(
    names.map(async (name) => {
      const terms = BUNDLES[name];
      if (terms === undefined)
        throw new Error(`scripts/third-party/components.mjs does not state the sources of ${name}`);
      const card = JSON.parse(await readFile(join(bundles, name, 'card.json'), 'utf8'));
      return modelPart(name, card, terms, await texts.apache());
    }),
  );
}

function modelPart(name, card, { licence, from }, apache) {
  const component = {
    'bom-ref': `model:${name}@${card.version}`,
    ...{ type: 'machine-learning-model', name, version: card.version, description: card.intendedUse },
    licenses: licensesOf(licence),
    components: from.map((source) => ({
      ...{ 'bom-ref': `model:${name}:${source.name}`, type: 'data', name: source.name },
      ...{ description: source.source, licenses: licensesOf(source.licence) },
    })),
  };
  const sources = from.map((source) => `- ${source.name}: ${source.licence}. ${source.source}`);
  const links = Object.entries(CREATIVE_COMMONS).filter(([id]) =>
    from.some((source) => source.licence === id),
  );
  const text = [
    card.licence,
    `Made from:\n${sources.join('\n')}`,
    ...links.map(([id, url]) => `${id}: ${url}`),
    ...(from.includes(EFFICIENTNET_LITE) ? [apache] : []),
  ];
  return { component, licence, text: text.join('\n\n') };
}

export function npmComponent({ name, version, licence }) {
  return {
    ...{ 'bom-ref': `${name}@${version}`, type: 'library', name, version },
    ...{ purl: `pkg:npm/${name.replace('@', '%40')}@${version}`, licenses: licensesOf(licence) },
  };
}

/** A component that comes from no package registry. */
function generic(name, version) {
  const purl = `pkg:generic/${name}@${version}`;
  return { 'bom-ref': purl, type: 'library', name, version, purl };
}

/** CycloneDX has separate fields for an SPDX identifier, an SPDX expression and a name in words. */
function licensesOf(licence) {
  if (/^[\w.+-]+$/.test(licence)) return [{ license: { id: licence } }];
  if (/^\(?[\w.+-]+ (?:AND|OR|WITH) /.test(licence)) return [{ expression: licence }];
  return [{ license: { name: licence } }];
}

/** Without Markdown's links. */
function plain(text) {
  return text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
}
