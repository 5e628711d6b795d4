// Ends the process with one sentence on a Node that is too old. Imported before anything else, and run by npm's scripts; so it must parse on
// every Node that knows modules: no top-level await, no `node:` imports, no newer syntax.
import { readFileSync } from 'fs';
import { fileURLToPath } from 'url';

const manifest = fileURLToPath(new URL('../package.json', import.meta.url));
const needed = JSON.parse(readFileSync(manifest, 'utf8')).engines.node.replace(/^>=/, '');
const actual = process.versions.node;

if (isOlder(actual, needed)) {
  console.error(`The kiosk needs Node ${needed} or later; this is ${actual}. See docs/install.md.`);
  process.exit(1);
}

function isOlder(version, than) {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number));
  const at = b.findIndex((part, i) => part !== a[i]);
  return at !== -1 && a[at] < b[at];
}
