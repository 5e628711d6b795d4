// Writes the model card of every bundled model as a page, with the output of `kiosk card`. Usage: npm run cards
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const kiosk = fileURLToPath(new URL('../bin/kiosk.js', import.meta.url));
const pages = new URL('../docs/models/', import.meta.url);

const models = readdirSync(new URL('../model/bundles/', import.meta.url));
const written = models.map((name) => [
  name,
  execFileSync(process.execPath, [kiosk, 'card', '--model', name]),
]);
// Nothing else is stored there: a page must not outlive its model.
rmSync(pages, { recursive: true, force: true });
mkdirSync(pages, { recursive: true });
for (const [name, page] of written) writeFileSync(new URL(`${name}.md`, pages), page);
