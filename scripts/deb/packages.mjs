import { chmod, copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { run } from '../native/run.mjs';
import { FILES } from '../third-party/write.mjs';

export const TENSORFLOW = 'dermoscopy-kiosk-tensorflow';

const LIMIT_MS = 10 * 60_000;

/** The add-ons are compiled on Debian 12 and need its C and C++ libraries or later ones. */
const LIBRARIES = 'libc6 (>= 2.36), libstdc++6 (>= 12)';

const PACKAGES = {
  'dermoscopy-kiosk': {
    Depends: `${LIBRARIES}, init-system-helpers (>= 1.54~), systemd (>= 252)`,
    // The screen and the cameras; a kiosk with its screen on another machine does not need the first five.
    Recommends: `cage, chromium, curl, seatd, wlr-randr, ffmpeg, v4l-utils, libgpiod2, ${TENSORFLOW}`,
    Description: `dermoscopy kiosk (research use only)
 Place a dermatoscope on a skin lesion, press one button, and the touchscreen
 shows the frozen image and the probability that the lesion is malignant, or
 that the result is withheld. Everything runs on this machine.`,
    scripts: ['postinst', 'prerm', 'postrm'],
    conffiles: ['/etc/chromium/policies/managed/kiosk.json', '/etc/kiosk/kiosk.env'],
  },
  [TENSORFLOW]: {
    Depends: LIBRARIES,
    Description: `native TensorFlow engine of the dermoscopy kiosk
 libtensorflow and its binding for the kiosk's engine tfjs-node. Without it
 the kiosk runs the same network on onnxruntime.`,
    scripts: [],
    conffiles: [],
  },
};

/** Writes DEBIAN/ and the package's documentation into its tree. */
export async function packageOf(name, { version, arch, project, root }) {
  const { Depends, Recommends, Description, scripts, conffiles } = PACKAGES[name];
  const source = join(project, 'packaging/debian');
  await documents(name, { version, source, project, root });
  const { homepage } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));
  const debian = join(root, 'DEBIAN');
  await mkdir(debian, { recursive: true });
  await run('chmod', ['-R', 'go-w,a+rX', root], { limitMs: LIMIT_MS });
  // No file here is executed directly; some npm packages mark every file executable.
  const modules = join(root, 'opt/kiosk/node_modules');
  await run('find', [modules, '-type', 'f', '-exec', 'chmod', 'a-x', '{}', '+'], { limitMs: LIMIT_MS });
  const size = Number(
    (await run('du', ['-sk', '--exclude=DEBIAN', root], { limitMs: LIMIT_MS })).split(/\s/)[0],
  );
  const same = name === TENSORFLOW ? `, dermoscopy-kiosk (= ${version})` : '';
  const fields = {
    ...{ Package: name, Version: version, Architecture: arch, Section: 'science', Priority: 'optional' },
    ...{ Maintainer: 'Dermoscopy kiosk <root@localhost>', 'Installed-Size': String(size) },
    ...{ Depends: `${Depends}${same}`, ...(Recommends === undefined ? {} : { Recommends }) },
    ...{ Homepage: homepage, Description },
  };
  const control = Object.entries(fields).map(([key, value]) => `${key}: ${value}\n`);
  await writeFile(join(debian, 'control'), control.join(''));
  if (conffiles.length > 0) await writeFile(join(debian, 'conffiles'), `${conffiles.join('\n')}\n`);
  for (const script of scripts) {
    await copyFile(join(source, script), join(debian, script));
    await chmod(join(debian, script), 0o755);
  }
  const sums = `find . -path ./DEBIAN -prune -o -type f -printf '%P\\0' | sort -z | xargs -0 md5sum >DEBIAN/md5sums`;
  await run('sh', ['-c', sums], { cwd: root, limitMs: LIMIT_MS });
  return { file: `${name}_${version}_${arch}.deb` };
}

/** The TensorFlow package depends on the kiosk's of the same version, whose list covers both. */
const ELSEWHERE = ['NOTICE', FILES.licences, FILES.sbom];

async function documents(name, { version, source, project, root }) {
  const folder = join(root, 'usr/share/doc', name);
  await mkdir(folder, { recursive: true });
  await copyFile(join(source, 'copyright'), join(folder, 'copyright'));
  for (const file of ELSEWHERE) await symlink(join('/opt/kiosk', file), join(folder, file));
  const changes = await readFile(join(project, 'CHANGELOG.md'));
  await writeFile(join(folder, 'changelog.gz'), gzipSync(changes, { level: 9 }));
  const date = new Date().toUTCString().replace('GMT', '+0000');
  const entry = `${name} (${version}) stable; urgency=medium\n\n  * See the project's history.\n\n -- Dermoscopy kiosk <root@localhost>  ${date}\n`;
  await writeFile(join(folder, 'changelog.Debian.gz'), gzipSync(entry, { level: 9 }));
  await mkdir(join(root, 'usr/share/lintian/overrides'), { recursive: true });
  await copyFile(join(source, 'lintian-overrides'), join(root, 'usr/share/lintian/overrides', name));
}
