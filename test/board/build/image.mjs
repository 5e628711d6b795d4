import { chmod, copyFile, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { run } from '../../../scripts/native/run.mjs';
import { cached, keyOf } from './cache.mjs';
import { cpio } from './cpio.mjs';
import { moduleOrder } from './modules.mjs';

/** What the kernel needs to reach the root file system and the network; ext4 asks for its checksum without saying so. */
const BOOT_MODULES = ['virtio_pci', 'virtio_mmio', 'virtio_blk', 'virtio_net', 'crc32c_generic', 'ext4'];

/** What a run may load, by the name that it is asked for. */
const LATER_MODULES = { camera: ['vivid'], keys: ['evdev', 'gpio_keys'] };

const MAKE_LIMIT_MS = 10 * 60_000;

/** Room to write in, MiB: the database, logs. */
const FREE_MIB = 256;

/** The same with the kiosk and TensorFlow installed, and each file twice while it is unpacked. */
const INSTALLED_MIB = 1600;

const guest = join(import.meta.dirname, '..', 'guest');

/** What the kernel starts with: itself, and a first root with the modules that reach the disk. */
export async function bootFiles({ cache, debian, say }) {
  const key = keyOf(debian, ...(await ownFiles()));
  const folder = await cached(cache, 'boot', key, async (work) => {
    say('making the first root');
    const boot = join(debian, 'boot');
    const kernel = (await readdir(boot)).find((name) => name.startsWith('vmlinuz-'));
    await copyFile(join(boot, kernel), join(work, 'kernel'));
    await writeFile(join(work, 'initrd'), await initrd(debian));
  });
  return { kernel: join(folder, 'kernel'), initrd: join(folder, 'initrd') };
}

/**
 * The disk of the board that the program is laid on: Debian's root, the arm64 installation, and an init that takes commands. The
 * project itself is not on it, since it changes with every run: see `programDisk`.
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

/** The disk of the board that packages are installed on: Debian with dpkg, and systemd as its init. */
export async function installingDisk({ cache, debian, say }) {
  const key = keyOf(debian, ...(await ownFiles()));
  return rootDisk({ cache, part: 'ready', key, say, debian, freeMib: INSTALLED_MIB }, async (root) => {
    await systemdFiles(join(root, 'etc/systemd/system'));
    await mountPoint(root, '/mnt');
    // Thousands of files, each waited for until it is on the disk: of no use on a disk that is thrown away.
    await writeFile(join(root, 'etc/dpkg/dpkg.cfg.d/board'), 'force-unsafe-io\n');
  });
}

/** The project as it ships, on a disk of its own. */
export async function programDisk({ project, file }) {
  await secondDisk(file, async (root) => {
    await mkdir(join(root, 'model'));
    for (const name of ['bin', 'dist', 'model/bundles', 'package.json']) {
      await cp(join(project, name), join(root, name), { recursive: true });
    }
    await copyFile(join(guest, 'vectors.mjs'), join(root, 'vectors.mjs'));
  });
}

/** The project's packages, and what tries them. */
export async function packagesDisk({ packages, file }) {
  await secondDisk(file, async (root) => {
    for (const name of await readdir(packages)) await copyFile(join(packages, name), join(root, name));
    for (const name of ['vectors.mjs', 'block.mjs']) await copyFile(join(guest, name), join(root, name));
  });
}

/** This file and those of the board's init: a disk is made again when one of them changes. */
async function ownFiles() {
  const names = (await readdir(guest)).map((name) => join(guest, name));
  return Promise.all([import.meta.filename, ...names].map((name) => readFile(name)));
}

async function rootDisk({ cache, part, key, say, debian, freeMib }, complete) {
  const folder = await cached(cache, part, key, async (work) => {
    say(`making the disk “${part}”`);
    const root = join(work, 'root');
    // Hard links: the same half gigabyte need not lie there twice.
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

/** A login where the commands come in, another at the power key, and what would fetch packages. */
const NOT_WANTED = [
  'serial-getty@ttyAMA0.service',
  'systemd-logind.service',
  'apt-daily.timer',
  'apt-daily-upgrade.timer',
];

/** What a board has done when it was installed, and what emulation takes long for. */
const LONG_AGO = ['systemd-hwdb-update.service', 'systemd-journal-catalog-update.service'];

/** What a board of ours wants of systemd: a console that takes commands, and nobody but the kiosk at the power key. */
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

/** Debian's kernel has neither its disk nor its file system built in: a first, tiny root loads them. */
async function initrd(debian) {
  const order = await moduleOrder(debian, BOOT_MODULES);
  const entries = ['bin', 'dev', 'proc', 'sys', 'modules', 'new'].map((name) => ({ name, folder: true }));
  entries.push({ name: 'bin/busybox', data: await readFile(join(debian, 'bin/busybox')) });
  entries.push({ name: 'init', data: await readFile(join(guest, 'init')) });
  for (const [i, path] of order.entries()) {
    // Numbered, so that the shell's own order is the right one.
    const name = `modules/${String(i).padStart(2, '0')}.ko`;
    entries.push({ name, data: await readFile(join(debian, path)) });
  }
  return gzipSync(cpio(entries), { level: 1 });
}
