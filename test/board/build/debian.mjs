import { copyFile, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../scripts/native/run.mjs';
import { cached, keyOf } from './cache.mjs';

/** Debian packages of the unpackaged board: kernel, a shell, a camera program, libgpiod 1.x with its headers for node-libgpiod. */
const PACKAGES = ['linux-image-arm64', 'busybox-static', 'ffmpeg', 'libgpiod-dev', 'libstdc++6', 'v4l-utils'];

/**
 * Debian packages of the packaged board: a minimal Debian, systemd as its init, the dependencies of the kiosk's package and, of its
 * recommendations, libgpiod; and a shell for the serial line.
 */
const INSTALLING = [
  '?essential',
  'usr-is-merged',
  'systemd-sysv',
  'udev',
  'libstdc++6',
  'libgpiod2',
  'busybox-static',
];

const DOWNLOAD_LIMIT_MS = 20 * 60_000;
const UNPACK_LIMIT_MS = 5 * 60_000;
const LIBRARIES = 'usr/lib/aarch64-linux-gnu';

/**
 * The unpacked arm64 packages, as a root file system that was never configured. A separate apt state reads this machine's Debian
 * sources: nothing needs root, and this machine's packages and architectures are not changed.
 */
export function debianRoot({ cache, say }) {
  return unpacked({ part: 'debian', packages: PACKAGES, cache, say });
}

/** Such a root file system with dpkg, and dpkg's records of its packages. */
export async function installingDebian({ cache, say }) {
  const script = join(import.meta.dirname, 'records');
  const inputs = [await readFile(script)];
  return unpacked(
    { part: 'installing', packages: INSTALLING, inputs, cache, say },
    async (archives, root) => {
      await run('bash', [script, archives, root], { limitMs: UNPACK_LIMIT_MS });
    },
  );
}

async function unpacked({ part, packages, inputs = [], cache, say }, complete = async () => undefined) {
  const sources = await debianSources();
  const key = keyOf(
    packages.join(' '),
    ...sources.map(({ text }) => text),
    ...inputs,
    await readFile(import.meta.filename),
  );
  return cached(cache, part, key, async (work) => {
    const apt = `${work}.apt`;
    try {
      say(`fetching Debian’s arm64 packages (${part})`);
      const archives = await download(apt, sources, packages);
      say('unpacking them');
      await unpack(archives, work);
      await complete(archives, work);
    } finally {
      await rm(apt, { recursive: true, force: true });
    }
  });
}

/** This machine's Debian sources; others (a vendor's, for example) have no suitable arm64 packages. */
async function debianSources() {
  const list = '/etc/apt/sources.list';
  const parts = `${list}.d`;
  const names = existsSync(parts) ? await readdir(parts) : [];
  const files = [list, ...names.filter((name) => name.startsWith('debian')).map((name) => join(parts, name))];
  const found = files.filter((file) => existsSync(file));
  if (found.length === 0)
    throw new Error('this machine has no Debian sources: the board is built on Debian 12');
  return Promise.all(found.map(async (file) => ({ file, text: await readFile(file, 'utf8') })));
}

async function download(apt, sources, packages) {
  for (const folder of ['state/lists/partial', 'cache/archives/partial', 'sources']) {
    await mkdir(join(apt, folder), { recursive: true });
  }
  for (const { file } of sources) await copyFile(file, join(apt, 'sources', file.split('/').at(-1)));
  await writeFile(join(apt, 'status'), '');
  await writeFile(
    join(apt, 'apt.conf'),
    `Dir::State "${apt}/state"; Dir::State::status "${apt}/status"; Dir::Cache "${apt}/cache";
Dir::Etc::SourceList "/dev/null"; Dir::Etc::SourceParts "${apt}/sources";
APT::Architecture "arm64"; APT::Architectures { "arm64"; }; APT::Sandbox::User ""; Acquire::Languages "none";\n`,
  );
  const options = { env: { ...process.env, APT_CONFIG: join(apt, 'apt.conf') }, limitMs: DOWNLOAD_LIMIT_MS };
  await run('apt-get', ['update', '-q'], options);
  const install = ['install', '-y', '-q', '--download-only', '--no-install-recommends'];
  await run('apt-get', [...install, ...packages], options);
  return join(apt, 'cache', 'archives');
}

async function unpack(archives, root) {
  // Packages contain files in /bin and in /usr/bin, which are one folder on current Debian.
  for (const name of ['bin', 'sbin', 'lib']) {
    await mkdir(join(root, 'usr', name), { recursive: true });
    await symlink(`usr/${name}`, join(root, name));
  }
  const script = `set -e; set -o pipefail
for deb in "$1"/*.deb; do dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink --no-same-owner -C "$2"; done`;
  await run('bash', ['-c', script, 'unpack', archives, root], { limitMs: UNPACK_LIMIT_MS });
  // Links that maintainer scripts would have created: ffmpeg's libraries load BLAS and LAPACK by their generic names.
  for (const library of ['blas', 'lapack']) {
    for (const name of await readdir(join(root, LIBRARIES, library)).catch(() => [])) {
      if (/\.so\.3$/.test(name)) await symlink(`${library}/${name}`, join(root, LIBRARIES, name));
    }
  }
  for (const name of ['usr/share/doc', 'usr/share/man', 'usr/share/locale']) {
    await rm(join(root, name), { recursive: true, force: true });
  }
}
