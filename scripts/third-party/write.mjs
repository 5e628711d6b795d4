import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  libtensorflow,
  libvips,
  modelParts,
  nodeRuntime,
  npmComponent,
  onnxruntimeLibrary,
  screenParts,
  sqlite,
} from './components.mjs';
import { licenceList } from './list.mjs';
import { foldersOf, npmSbom, unlockedPackages } from './npm.mjs';
import { StandardTexts, textsIn } from './texts.mjs';

/** File names, the same in packages, images and the project. */
export const FILES = { licences: 'THIRD-PARTY-LICENSES', sbom: 'sbom.cdx.json' };

/** @returns {Promise<string[]>} the files that were written */
export async function writeThirdParty(folder, wanted, options) {
  const texts = await thirdParty(options);
  await mkdir(folder, { recursive: true });
  const files = wanted.map((name) => join(folder, FILES[name]));
  for (const [i, name] of wanted.entries()) await writeFile(files[i], texts[name]);
  return files;
}

/**
 * Licences and SBOM of everything in a package or image that is not this project's: the production packages, the libraries inside some of
 * them, the screen's packages, Node, the models.
 *
 * @param {{ project: string, arch: string, modules?: string, nodeLicence?: string }} options `modules` is the folder `node_modules`
 *   that ships, by default the project's own
 * @returns {Promise<{ licences: string, sbom: string }>} the texts of the two files
 */
export async function thirdParty({ project, arch, modules = join(project, 'node_modules'), nodeLicence }) {
  const texts = new StandardTexts(project);
  const folderOf = await foldersOf({ project, modules });
  const sbom = await npmSbom({ project, arch, folderOf });
  const packages = [
    ...sbom.components.map((component) => packageOf(component, folderOf(component['bom-ref']))),
    ...(await unlockedPackages({ project, modules })).map(({ folder, ...named }) => ({
      ...{ component: npmComponent(named), licence: named.licence, folder },
    })),
  ];
  const within = (name) => packages.find(({ component }) => component.name === name)?.folder;
  const vips = within(`@img/sharp-libvips-linux-${arch}`);
  const parts = [
    await nodeRuntime(nodeLicence),
    await libtensorflow({ project, arch }),
    await onnxruntimeLibrary({ project }),
    await libvips({ folder: vips, texts }),
    await sqlite({ project }),
    ...(await screenParts({ project })),
    ...(await modelParts({ project, texts })),
  ];
  const all = [...parts, ...(await Promise.all(packages.map((part) => withText(part, texts))))];
  // A package may be both the service's and the screen's.
  const listed = [...new Map(all.map((part) => [part.component['bom-ref'], part])).values()];
  const { name, version } = sbom.metadata.component;
  const title = `Third-party software and data in ${name} ${version} for linux-${arch}: a list, then the licence texts.`;
  const rows = listed.map(({ component, licence, text }) => ({ ...component, licence, text }));
  return {
    licences: licenceList({ title, parts: rows }),
    sbom: `${JSON.stringify(joined(sbom, listed), null, 2)}\n`,
  };
}

function packageOf(component, folder) {
  const [{ expression, license } = {}] = component.licenses ?? [];
  return { component, licence: expression ?? license?.id ?? license?.name, folder };
}

async function withText({ component, licence, folder }, texts) {
  const label = `${component.name} ${component.version}`;
  if (licence === undefined) throw new Error(`${label} names no licence`);
  if (folder === undefined) throw new Error(`${label} is not installed`);
  const text = (await textsIn(folder)) ?? (await standardText(label, licence, folder, texts));
  return { component, licence, text };
}

async function standardText(name, licence, folder, texts) {
  const { author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return texts.of(licence, { name, author: typeof author === 'object' ? author.name : author });
}

/** npm's document with the other components, which the project depends on itself. */
function joined(sbom, listed) {
  const components = listed.map(({ component }) => component);
  const known = new Set(sbom.components.map((component) => component['bom-ref']));
  const root = sbom.metadata.component['bom-ref'];
  const added = components.map((component) => component['bom-ref']).filter((ref) => !known.has(ref));
  const dependencies = sbom.dependencies.map((edge) =>
    edge.ref === root ? { ref: root, dependsOn: [...edge.dependsOn, ...added] } : edge,
  );
  return { ...sbom, components, dependencies };
}
