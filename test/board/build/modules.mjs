import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';

/**
 * Kernel modules in the order in which they must be loaded. A list of dependencies exists only after installation, so they are read from
 * each module (`depends=` of its .modinfo).
 *
 * @param {string} root the root file system
 * @param {string[]} wanted names of modules
 * @returns {Promise<string[]>} paths in the root file system, each after its dependencies
 * @throws Error for a missing module
 */
export async function moduleOrder(root, wanted) {
  const files = new Map();
  for (const entry of await readdir(join(root, 'usr/lib/modules'), {
    recursive: true,
    withFileTypes: true,
  })) {
    if (entry.name.endsWith('.ko')) {
      files.set(plain(basename(entry.name, '.ko')), join(entry.parentPath ?? entry.path, entry.name));
    }
  }
  const order = new Set();
  const add = async (name) => {
    const file = files.get(plain(name));
    if (file === undefined) throw new Error(`the kernel has no module ${name}`);
    const depends = /\0depends=([^\0]*)\0/.exec(`\0${await readFile(file, 'latin1')}`)?.[1] ?? '';
    for (const needed of depends.split(',').filter((name) => name !== '')) await add(needed);
    order.add(`/${relative(root, file)}`);
  };
  for (const name of wanted) await add(name);
  return [...order];
}

/** A file may be called virtio-net.ko or virtio_net.ko; to the kernel both are the same. */
function plain(name) {
  return name.replaceAll('-', '_');
}
