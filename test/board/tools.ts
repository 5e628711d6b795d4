import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs that build and run the board, each with its Debian package. */
const TOOLS: Readonly<Record<string, string>> = {
  'qemu-system-aarch64': 'qemu-system-arm',
  'aarch64-linux-gnu-g++': 'g++-aarch64-linux-gnu',
  mke2fs: 'e2fsprogs',
  'dpkg-deb': 'dpkg',
  'apt-get': 'apt',
  make: 'make',
  python3: 'python3',
  pip3: 'python3-pip',
};

/**
 * Looks for all programs before anything is downloaded: a build should not fail after minutes for a missing one.
 *
 * @throws Error that names each missing program and its package
 */
export function requireTools(path: string): void {
  // mke2fs is in a folder that only root's PATH contains.
  const folders = [...path.split(delimiter), '/usr/sbin', '/sbin'];
  const missing = Object.entries(TOOLS).filter(([tool]) => !folders.some((dir) => runs(join(dir, tool))));
  if (missing.length === 0) return;
  const tools = missing.map(([tool]) => tool).join(', ');
  const packages = missing.map(([, name]) => name).join(' ');
  throw new Error(`the board needs ${tools}: sudo apt-get install ${packages}`);
}

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
