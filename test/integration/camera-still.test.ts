import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takeStill } from '../../src/camera/drivers/libcamera-still.ts';
import { programFile } from '../../src/camera/drivers/own-program.ts';
import type { CameraSettings } from '../../src/camera/port.ts';
import { run } from '../../src/cli/main.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { encode } from '../../src/vision/jpeg.ts';
import { FakeTerminal } from '../fakes/terminal.ts';
import { until } from '../support/until.ts';

const settings: CameraSettings = {
  cameraDevice: '1',
  cameraWidth: 960,
  cameraHeight: 720,
  cameraFps: 20,
  cameraExposureUs: 8000,
  cameraGain: 1.5,
  cameraWhiteBalance: '1.8,1.4',
  cameraFocus: '9.5',
  cameraCrop: 0.5,
  cameraRotation: '180',
};

/** The arguments that the package makes of them: `--key value`, joined by spaces. */
const ASKED =
  '--timeout 1000 --nopreview --encoding jpg --quality 95 --camera 1 --shutter 8000 --gain 1.5 --awbgains 1.8,1.4' +
  ' --autofocus-mode manual --lens-position 9.5 --roi 0.25,0.25,0.5,0.5 --rotation 180 --denoise cdn_off --output still.jpg';

let folder: string;
let tempDir: string;
let jpeg: Buffer;

beforeAll(async () => {
  const noise = Uint8Array.from({ length: 80 * 60 * 3 }, (_, i) => (i * 7919) % 251);
  jpeg = Buffer.from(await encode({ width: 80, height: 60, data: noise }, 80));
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'camera-still-'));
  writeFileSync(join(folder, 'frame.jpg'), jpeg);
  tempDir = join(folder, 'temp');
  mkdirSync(tempDir);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Puts a program on the path that saves its arguments, then runs `act`: by default it writes the image. */
function program(name: string, act = 'cp HERE/frame.jpg still.jpg'): void {
  const lines = [`echo "$@" > HERE/asked.new`, `echo $$ > HERE/pid`, 'mv HERE/asked.new HERE/asked', act];
  mkdirSync(join(folder, 'bin'), { recursive: true });
  const file = join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${lines.join('\n').replaceAll('HERE', folder)}\n`);
  chmodSync(file, 0o755);
}

const path = () => `${join(folder, 'bin')}:/usr/bin:/bin`;

/** With the real package, which npm ci installs. */
const take = (options: Partial<Parameters<typeof takeStill>[1]> = {}) =>
  takeStill(settings, { clock: systemClock, path: path(), tempDir, ...options });

const programArguments = () => readFileSync(join(folder, 'asked'), 'utf8').trim();

/** An orphan that exited may stay a zombie if nobody waits for it. */
function lives(pid: number): boolean {
  try {
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const untilStarted = () => until('the program is started', () => existsSync(join(folder, 'asked')));

const lost = (words: RegExp): unknown =>
  expect.objectContaining({ code: 'camera/lost', message: expect.stringMatching(words) as string });

describe('a still by node-libcamera', () => {
  it.each(['rpicam-still', 'libcamera-still'])('is taken by %s and leaves nothing behind', async (name) => {
    program(name);
    expect(Buffer.from(await take()).equals(jpeg)).toBe(true);
    expect(programArguments()).toBe(ASKED);
    expect(readdirSync(tempDir)).toEqual([]);
  });

  it('is taken by rpicam-still if both programs are installed', async () => {
    program('libcamera-still', 'exit 1');
    program('rpicam-still');
    expect(Buffer.from(await take()).equals(jpeg)).toBe(true);
  });

  it('is taken in a folder whose name contains shell metacharacters', async () => {
    program('rpicam-still');
    tempDir = join(folder, 'temp $(touch pwned); touch pwned');
    mkdirSync(tempDir);
    expect(Buffer.from(await take()).equals(jpeg)).toBe(true);
  });

  it('reports that the program is missing', async () => {
    mkdirSync(join(folder, 'bin'));
    await expect(take({ path: join(folder, 'bin') })).rejects.toEqual(
      lost(/no rpicam-still.*install rpicam-apps/),
    );
  });

  it('reports that the package is missing', async () => {
    program('rpicam-still');
    const alone = join(folder, 'main.mjs');
    copyFileSync(programFile('still'), alone);
    await expect(take({ program: alone })).rejects.toEqual(lost(/node-libcamera cannot be loaded.*npm ci/));
  });

  it.each([
    ['echo "ERROR: *** no cameras available ***" >&2; exit 255', /No camera is connected/],
    ['echo "Pipeline handler in use by another process" >&2; exit 255', /in use by another program/],
    ['echo "something else" >&2; exit 1', /rpicam-still exited: something else/],
    ['true', /wrote no image/],
    ['head -c 2000 HERE/frame.jpg | tail -c 20 > still.jpg', /wrote no image/],
  ])('reports why there is no image: %s', async (act, words) => {
    program('rpicam-still', act);
    await expect(take()).rejects.toEqual(lost(words));
    expect(readdirSync(tempDir)).toEqual([]);
  });

  it.each(['exec sleep 60', 'trap "" TERM; while true; do sleep 1; done'])(
    'kills a program that hangs: %s',
    async (act) => {
      program('rpicam-still', act);
      const late = expect(take({ timeoutMs: 3_000 })).rejects.toMatchObject({ code: 'camera/timeout' });
      await untilStarted();
      const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
      await late;
      expect(lives(pid)).toBe(false);
      expect(readdirSync(tempDir)).toEqual([]);
    },
  );

  it('stops if its caller aborts', async () => {
    program('rpicam-still', 'exec sleep 60');
    const caller = new AbortController();
    const given = expect(take({ signal: caller.signal })).rejects.toThrow('enough');
    await untilStarted();
    caller.abort(new Error('enough'));
    await given;
    expect(readdirSync(tempDir)).toEqual([]);
  });
});

describe('kiosk camera still', () => {
  const kiosk = (camera: string) =>
    new FakeTerminal({ KIOSK_CAMERA: camera, KIOSK_DATA_DIR: folder, PATH: path() });

  it('writes the image into a new file', async () => {
    program('rpicam-still');
    const file = join(folder, 'lesion.jpg');
    const terminal = kiosk('libcamera');
    expect(await run(['camera', 'still', file], terminal)).toBe(0);
    expect(terminal.complained).toMatch(/lesion\.jpg: 80 × 60 pixels/);
    expect(readFileSync(file).equals(jpeg)).toBe(true);
    expect(await run(['camera', 'still', file], kiosk('libcamera'))).toBe(1);
  });

  it('takes no still from a simulated camera', async () => {
    const terminal = kiosk('phantom');
    expect(await run(['camera', 'still', join(folder, 'lesion.jpg')], terminal)).toBe(2);
    expect(terminal.complained).toMatch(/KIOSK_CAMERA=phantom cannot take stills/);
  });

  it('prints its usage', async () => {
    expect(await run(['camera', 'still'], kiosk('libcamera'))).toBe(2);
  });
});
