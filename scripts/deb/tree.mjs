import { chmod, cp, mkdir, readdir, rename } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pruneModules } from '../prune-modules.mjs';
import { FILES, writeThirdParty } from '../third-party/write.mjs';

/** The program's run-time files, in one folder. */
const PROGRAM = [
  ...['bin', 'dist', 'docs', 'model/bundles', 'systemd', 'package.json'],
  ...['README.md', 'CHANGELOG.md', 'LICENSE', 'NOTICE'],
];

/** Files that systemd, udev, Chromium and users expect elsewhere: path in the project → path in the package. */
const PLACED = {
  'systemd/kiosk.service': 'usr/lib/systemd/system/kiosk.service',
  'systemd/kiosk-browser.service': 'usr/lib/systemd/system/kiosk-browser.service',
  'systemd/kiosk-backup.service': 'usr/lib/systemd/system/kiosk-backup.service',
  'systemd/kiosk-backup.timer': 'usr/lib/systemd/system/kiosk-backup.timer',
  'systemd/kiosk.sysusers': 'usr/lib/sysusers.d/kiosk.conf',
  'systemd/kiosk.tmpfiles': 'usr/lib/tmpfiles.d/kiosk.conf',
  'systemd/60-kiosk.rules': 'usr/lib/udev/rules.d/60-kiosk.rules',
  'systemd/chromium-policy.json': 'etc/chromium/policies/managed/kiosk.json',
  'packaging/debian/kiosk.env': 'etc/kiosk/kiosk.env',
  'packaging/debian/kiosk': 'usr/bin/kiosk',
};

/** A library of several hundred megabytes, and its binding. */
const TFJS_NODE = 'opt/kiosk/node_modules/@tensorflow/tfjs-node';

export async function layTree({ project, root, processor, node, nodeLicence, modules, packages }) {
  const home = join(root, 'opt/kiosk');
  for (const name of PROGRAM)
    await copy(
      join(project, name),
      join(home, name),
      (path) => !/\/dist\/(?:deb|third-party|\.[^/]+)$/.test(path),
    );
  for (const [from, to] of Object.entries(PLACED)) await copy(join(project, from), join(root, to));
  await chmod(join(root, 'usr/bin/kiosk'), 0o755);
  await copy(node, join(home, 'bin/node'));
  for (const name of packages ?? (await readdir(modules))) {
    // A nested package is listed separately.
    const nested =
      packages === undefined
        ? () => true
        : (path) => path === join(modules, name) || !path.endsWith('/node_modules');
    await copy(join(modules, name), join(home, 'node_modules', name), nested);
  }
  // Before pruning: a package whose sources are removed may have been compiled into an add-on that stays.
  await writeThirdParty(home, Object.keys(FILES), { project, arch: processor, modules, nodeLicence });
  await pruneModules(join(home, 'node_modules'), processor);
}

/**
 * The kiosk's package is complete without it and then runs on onnxruntime, for boards with little disk space. All of tfjs-node is removed: its
 * binding, which is most of it, and everything that is useless without it.
 */
export async function splitTensorflow(root, other) {
  if (!existsSync(join(root, TFJS_NODE))) return;
  await mkdir(dirname(join(other, TFJS_NODE)), { recursive: true });
  await rename(join(root, TFJS_NODE), join(other, TFJS_NODE));
}

async function copy(from, to, filter = () => true) {
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to, { recursive: true, verbatimSymlinks: true, filter });
}
