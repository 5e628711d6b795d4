// Writes the third-party licences and the SBOM (CycloneDX) of what ships. Needs a built project and no network.
// Usage: node scripts/third-party.mjs [licences|sbom] [--arch x64|arm64] [--modules FOLDER] [--node-licence FILE] [--out FOLDER]
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FILES, writeThirdParty } from './third-party/write.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    arch: { type: 'string', default: process.arch },
    modules: { type: 'string' },
    'node-licence': { type: 'string' },
    out: { type: 'string', default: 'dist/third-party' },
  },
});
const wanted = positionals.length === 0 ? Object.keys(FILES) : positionals;
if (!wanted.every((name) => name in FILES)) throw new Error(`specify ${Object.keys(FILES).join(' or ')}`);

const { arch, modules, 'node-licence': nodeLicence, out } = values;
const written = await writeThirdParty(resolve(out), wanted, {
  project: resolve(import.meta.dirname, '..'),
  ...{ arch, modules: modules && resolve(modules), nodeLicence },
});
for (const file of written) console.log(file);
