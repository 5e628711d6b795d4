import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MODULES = 'node_modules/';

/**
 * Versions and hashes of a package and all its dependencies in package-lock.json; not the registry, which differs between machines.
 *
 * @param {string} root
 * @param {string} name
 * @returns {string[]} a line each, in order
 * @throws Error if the lock file does not have it
 */
export function lockedLines(root, name) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const found = new Set();
  const waiting = [`${MODULES}${name}`];
  if (packages[waiting[0]] === undefined) throw new Error(`package-lock.json has no ${name}`);
  while (waiting.length > 0) {
    const path = waiting.pop();
    if (found.has(path)) continue;
    found.add(path);
    const { dependencies, optionalDependencies, peerDependencies } = packages[path];
    const needed = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
    // Optional and peer dependencies may be absent.
    waiting.push(...needed.map((other) => nearest(packages, path, other)).filter(Boolean));
  }
  return [...found]
    .sort()
    .map((path) => `${path} ${packages[path].version} ${packages[path].integrity ?? ''}`);
}

/** Node's resolution: the package's own modules first, then those of each parent. */
function nearest(packages, path, name) {
  for (let at = `${path}/`; ; at = at.slice(0, at.lastIndexOf(MODULES, at.length - 2))) {
    const candidate = `${at}${MODULES}${name}`;
    if (packages[candidate] !== undefined) return candidate;
    if (at === '') return undefined;
  }
}
