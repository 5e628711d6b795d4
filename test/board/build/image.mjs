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

const guest = join(import.meta.dirname, '..', 'guest');

/**
 * The board's disk: Debian's root, the arm64 installation, and an init that starts the kiosk. The project itself is not on it, since
 * it changes with every run: see `programDisk`.
 *
 * @returns {Promise<{ kernel: string, initrd: string, disk: string }>} files
 */
export async function systemDisk({ cache, debian, installed, say }) {
  const guestFiles = await Promise.all((await readdir(guest)).map((name) => readFile(join(guest, name))));
  const key = keyOf(debian, installed, await readFile(import.meta.filename), ...guestFiles);
  const folder = await cached(cache, 'system', key, async (work) => {
    say('making the system’s disk');
    const boot = join(debian, 'boot');
    const kernel = (await readdir(boot)).find((name) => name.startsWith('vmlinuz-'));
    await copyFile(join(boot, kernel), join(work, 'kernel'));
    await writeFile(join(work, 'initrd'), await initrd(debian));
    const root = join(work, 'root');
    await rootFolder({ root, debian, installed });
    await makeDisk(root, join(work, 'disk'));
    await rm(root, { recursive: true });
  });
  return { kernel: join(folder, 'kernel'), initrd: join(folder, 'initrd'), disk: join(folder, 'disk') };
}

/** The project as it ships, on a disk of its own. */
export async function programDisk({ project, file }) {
  const root = `${file}.folder`;
  await rm(root, { recursive: true, force: true });
  await mkdir(join(root, 'model'), { recursive: true });
  for (const name of ['bin', 'dist', 'model/bundles', 'systemd', 'package.json']) {
    await cp(join(project, name), join(root, name), { recursive: true });
  }
  await copyFile(join(guest, 'vectors.mjs'), join(root, 'vectors.mjs'));
  await rm(file, { force: true });
  await makeDisk(root, file, 16);
  await rm(root, { recursive: true });
}

async function rootFolder({ root, debian, installed }) {
  // Hard links: the same half gigabyte need not lie there twice.
  await run('cp', ['-al', debian, root], { limitMs: MAKE_LIMIT_MS });
  await rm(join(root, 'boot'), { recursive: true, force: true });
  for (const name of ['dev', 'proc', 'sys', 'run', 'tmp', 'opt/kiosk', 'opt/program', 'data', 'root']) {
    await mkdir(join(root, name), { recursive: true });
  }
  await run('cp', ['-al', join(installed, 'node_modules'), join(root, 'opt/node_modules')], {
    limitMs: MAKE_LIMIT_MS,
  });
  await copyFile(join(installed, 'node'), join(root, 'usr/bin/node'));
  await copyFile(join(guest, 'rc'), join(root, 'etc/board-rc'));
  await chmod(join(root, 'etc/board-rc'), 0o755);
  await systemdFiles(join(root, 'etc/systemd/system'));
  // Of what every Debian has without being asked, the unit and the udev rules use these.
  for (const name of ['env', 'sh', 'chgrp', 'chmod']) {
    await symlink('busybox', join(root, 'usr/bin', name)).catch(ignoreExisting);
  }
  for (const [name, wanted] of Object.entries(LATER_MODULES)) {
    const lines = (await moduleOrder(debian, wanted)).join('\n');
    await writeFile(join(root, 'etc', `modules-${name}`), `${lines}\n`);
  }
}

function ignoreExisting(error) {
  if (error.code !== 'EEXIST') throw error;
}

/** What a board of ours wants of systemd: a console that takes commands, no login, and nobody but the kiosk at the power key. */
async function systemdFiles(units) {
  await mkdir(join(units, 'multi-user.target.wants'), { recursive: true });
  await copyFile(join(guest, 'board-console.service'), join(units, 'board-console.service'));
  await symlink('../board-console.service', join(units, 'multi-user.target.wants/board-console.service'));
  await symlink('/lib/systemd/system/multi-user.target', join(units, 'default.target'));
  for (const name of ['serial-getty@ttyAMA0.service', 'systemd-logind.service']) {
    await symlink('/dev/null', join(units, name));
  }
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
