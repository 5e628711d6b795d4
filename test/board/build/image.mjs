import { chmod, copyFile, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { run } from '../../../scripts/native/run.mjs';
import { cached, keyOf } from './cache.mjs';
import { cpio } from './cpio.mjs';
import { moduleOrder } from './modules.mjs';

/** Modules for the root file system and the network; ext4 needs its checksum without declaring it. */
const BOOT_MODULES = ['virtio_pci', 'virtio_mmio', 'virtio_blk', 'virtio_net', 'crc32c_generic', 'ext4'];

/** Modules that a run may load, by name. */
const LATER_MODULES = { camera: ['vivid'], keys: ['evdev', 'gpio_keys'] };

const MAKE_LIMIT_MS = 10 * 60_000;

/** Free space, MiB: the database, logs. */
const FREE_MIB = 256;

/** The same for installing the kiosk and TensorFlow; each file exists twice while it is unpacked. */
const INSTALLED_MIB = 1600;

const guest = join(import.meta.dirname, '..', 'guest');

/** The kernel, and an initial RAM disk with the modules for the disk. */
export async function bootFiles({ cache, debian, say }) {
  const key = keyOf(debian, ...(await ownFiles()));
  const folder = await cached(cache, 'boot', key, async (work) => {
    say('creating the initial RAM disk');
    const boot = join(debian, 'boot');
    const kernel = (await readdir(boot)).find((name) => name.startsWith('vmlinuz-'));
    await copyFile(join(boot, kernel), join(work, 'kernel'));
    await writeFile(join(work, 'initrd'), await initrd(debian));
  });
  return { kernel: join(folder, 'kernel'), initrd: join(folder, 'initrd') };
}

/**
 * The disk of the unpackaged board: Debian, the arm64 installation, and an init that accepts commands. The project itself is not on it,
 * since it changes with every run: see `programDisk`.
 */
export async function systemDisk({ cache, debian, installed, say }) {
  const key = keyOf(debian, installed, ...(await ownFiles()));
  return rootDisk({ cache, part: 'system', key, say, debian }, async (root) => {
    await rm(join(root, 'boot'), { recursive: true, force: true });
    await mkdir(join(root, 'data'));
    await mkdir(join(root, 'opt'));
    await run('cp', ['-al', join(installed, 'node_modules'), join(root, 'opt/node_modules')], {
      limitMs: MAKE_LIMIT_MS,
    });
    await copyFile(join(installed, 'node'), join(root, 'usr/bin/node'));
    for (const [name, wanted] of Object.entries(LATER_MODULES)) {
      const lines = (await moduleOrder(debian, wanted)).join('\n');
      await writeFile(join(root, 'etc', `modules-${name}`), `${lines}\n`);
    }
    await mountPoint(root, '/opt/kiosk');
  });
}

/** The disk of the packaged board: Debian with dpkg, and systemd as its init. */
export async function installingDisk({ cache, debian, say }) {
  const key = keyOf(debian, ...(await ownFiles()));
  return rootDisk({ cache, part: 'ready', key, say, debian, freeMib: INSTALLED_MIB }, async (root) => {
    await systemdFiles(join(root, 'etc/systemd/system'));
    await mountPoint(root, '/mnt');
    // dpkg would sync thousands of files one by one: useless on a disk that is discarded.
    await writeFile(join(root, 'etc/dpkg/dpkg.cfg.d/board'), 'force-unsafe-io\n');
  });
}

/** The project as it ships, on a separate disk. */
export async function programDisk({ project, file }) {
  await secondDisk(file, async (root) => {
    await mkdir(join(root, 'model'));
    for (const name of ['bin', 'dist', 'model/bundles', 'package.json']) {
      await cp(join(project, name), join(root, name), { recursive: true });
    }
    await copyFile(join(guest, 'vectors.mjs'), join(root, 'vectors.mjs'));
  });
}

/** The project's packages, and the scripts that test them. */
export async function packagesDisk({ packages, file }) {
  await secondDisk(file, async (root) => {
    for (const name of await readdir(packages)) await copyFile(join(packages, name), join(root, name));
    for (const name of ['vectors.mjs', 'block.mjs']) await copyFile(join(guest, name), join(root, name));
  });
}

/** This file and those of the board's init: a disk is rebuilt when one of them changes. */
async function ownFiles() {
  const names = (await readdir(guest)).map((name) => join(guest, name));
  return Promise.all([import.meta.filename, ...names].map((name) => readFile(name)));
}

async function rootDisk({ cache, part, key, say, debian, freeMib }, complete) {
  const folder = await cached(cache, part, key, async (work) => {
    say(`creating the disk “${part}”`);
    const root = join(work, 'root');
    // Hard links avoid a second copy of half a gigabyte.
    await run('cp', ['-al', debian, root], { limitMs: MAKE_LIMIT_MS });
    for (const name of ['dev', 'proc', 'sys', 'run', 'tmp', 'root'])
      await mkdir(join(root, name), { recursive: true });
    await copyFile(join(guest, 'rc'), join(root, 'etc/board-rc'));
    await chmod(join(root, 'etc/board-rc'), 0o755);
    await complete(root);
    await makeDisk(root, join(work, 'disk'), freeMib);
    await rm(root, { recursive: true });
  });
  return join(folder, 'disk');
}

/** Where the board's init finds the second disk. */
async function mountPoint(root, folder) {
  await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, 'etc/board-second'), `${folder}\n`);
}

async function secondDisk(file, fill) {
  const root = `${file}.folder`;
  await rm(root, { recursive: true, force: true });
  await mkdir(root);
  await fill(root);
  await rm(file, { force: true });
  await makeDisk(root, file, 16);
  await rm(root, { recursive: true });
}

/** Logins on the serial line, handling of the power key, and package updates: units that would interfere. */
const NOT_WANTED = [
  'serial-getty@ttyAMA0.service',
  'systemd-logind.service',
  'apt-daily.timer',
  'apt-daily-upgrade.timer',
];

/** Setup that a real board has done at its installation, or that takes long in emulation. */
const LONG_AGO = ['systemd-hwdb-update.service', 'systemd-journal-catalog-update.service'];

/** systemd settings of the board: a console that accepts commands, and only the kiosk reads the power key. */
async function systemdFiles(units) {
  await mkdir(join(units, 'multi-user.target.wants'), { recursive: true });
  await copyFile(join(guest, 'board-console.service'), join(units, 'board-console.service'));
  await symlink('../board-console.service', join(units, 'multi-user.target.wants/board-console.service'));
  await symlink('/lib/systemd/system/multi-user.target', join(units, 'default.target'));
  for (const name of [...NOT_WANTED, ...LONG_AGO]) await symlink('/dev/null', join(units, name));
}

async function makeDisk(folder, file, freeMib = FREE_MIB) {
  const used = Number((await run('du', ['-sm', folder], { limitMs: MAKE_LIMIT_MS })).split(/\s/)[0]);
  const size = Math.ceil(used * 1.1) + freeMib;
  const options = ['-q', '-t', 'ext4', '-m', '0', '-E', 'root_owner=0:0', '-d', folder, file, `${size}M`];
  await run('mke2fs', options, { env: withSbin(), limitMs: MAKE_LIMIT_MS });
}

function withSbin() {
  return { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
}

/** Debian's kernel has neither disk nor file system drivers built in: a minimal RAM disk loads them. */
async function initrd(debian) {
  const order = await moduleOrder(debian, BOOT_MODULES);
  const entries = ['bin', 'dev', 'proc', 'sys', 'modules', 'new'].map((name) => ({ name, folder: true }));
  entries.push({ name: 'bin/busybox', data: await readFile(join(debian, 'bin/busybox')) });
  entries.push({ name: 'init', data: await readFile(join(guest, 'init')) });
  for (const [i, path] of order.entries()) {
    // Numbered, so that the shell's order is correct.
    const name = `modules/${String(i).padStart(2, '0')}.ko`;
    entries.push({ name, data: await readFile(join(debian, path)) });
  }
  return gzipSync(cpio(entries), { level: 1 });
}
