import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SelfTestReport } from '../../src/protocol/diagnostics.ts';
import { kiosk, KioskProcess } from '../support/kiosk-process.ts';

const FAKE = join(import.meta.dirname, '..', 'fakes', 'white-card-camera.mjs');
const FFMPEG = execFileSync('sh', ['-c', 'command -v ffmpeg'], { encoding: 'utf8' }).trim();

/** Two commands and a kiosk, one after the other. */
const LONG_MS = 180_000;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'camera-calibrate-'));
  mkdirSync(join(folder, 'bin'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Puts a program on the path of the kiosk; its folder is `$HERE`. */
function program(name: string, body: string): void {
  const path = join(folder, 'bin', name);
  writeFileSync(path, `#!/bin/sh\nHERE='${folder}'\n${body}\n`);
  chmodSync(path, 0o755);
}

const settings = (more: Record<string, string>): Record<string, string> => ({
  ...{ PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, KIOSK_DATA_DIR: join(folder, 'data') },
  ...{ KIOSK_CAMERA_WIDTH: '320', KIOSK_CAMERA_HEIGHT: '240', KIOSK_CAMERA_FPS: '10' },
  // A machine that is busy with other tests starts and renders slowly.
  ...{ KIOSK_CAMERA_STALLED_MS: '20000', ...more },
});

const saved = (): unknown => {
  try {
    return JSON.parse(readFileSync(join(folder, 'data', 'camera.json'), 'utf8'));
  } catch {
    return undefined;
  }
};

/** The grey that the test's cameras expose to. */
const grey = {
  r: expect.any(Number) as number,
  g: expect.any(Number) as number,
  b: expect.any(Number) as number,
};

describe('kiosk camera calibrate with a Raspberry Pi’s camera', { timeout: LONG_MS }, () => {
  const cameraSeeing = (scene: string): Record<string, string> => {
    program('rpicam-vid', `[ "$1" = --version ] && exit 0\nexec '${process.execPath}' '${FAKE}' "$@"`);
    const log = join(folder, 'asked');
    return settings({ KIOSK_CAMERA: 'libcamera', FAKE_CAMERA_SEES: scene, FAKE_CAMERA_LOG: log });
  };
  const programArguments = (): string[] => readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');

  it(
    'finds exposure, gain and colour on a white card, saves them, and the next start locks them',
    async () => {
      const env = cameraSeeing('white card');
      const { code, stdout, stderr } = await kiosk(['camera', 'calibrate'], env);
      expect(stderr).toMatch(
        /colour cast 0\.\d %, clipped 0\.0 %, brightness (69|70)\.\d %, uneven by 0\.\d %/,
      );
      expect(code).toBe(0);
      const printed: Record<string, string | undefined> = Object.fromEntries(
        stdout
          .trim()
          .split('\n')
          .map((line) => line.split('=') as [string, string]),
      );
      expect(saved()).toEqual({ driver: 'libcamera', settings: printed, reference: grey });
      const { KIOSK_CAMERA_EXPOSURE_US: exposure = '', KIOSK_CAMERA_GAIN: gain = '' } = printed;
      const { KIOSK_CAMERA_WHITE_BALANCE: balance = '' } = printed;
      const [red, blue] = balance.split(',').map(Number);
      expect(Math.abs((Number(exposure) * Number(gain)) / 7000 - 1)).toBeLessThan(0.02);
      expect([red, blue]).toEqual([expect.closeTo(2, 1), expect.closeTo(1 / 0.7, 1)]);

      const running = await KioskProcess.start(env);
      try {
        await running.untilReady();
        const locked = `--shutter ${exposure} --gain ${gain} --awbgains ${balance}`;
        expect(programArguments()).toHaveLength(3);
        expect(programArguments()[0]).not.toMatch(/--shutter|--gain|--awbgains/);
        expect(programArguments()[1]).toContain(locked);
        expect(programArguments()[2]).toContain(locked);
      } finally {
        await running.end();
      }
    },
    LONG_MS,
  );

  it.each([
    ['red card', /Not good: the card has a colour cast/],
    ['checkers', /Not good: this is not a plain card/],
    ['flickering card', /kiosk camera: The camera did not converge \(exposure, red white balance/],
    ['nothing: no camera is there', /kiosk camera: No camera is connected: check its ribbon cable/],
  ])(
    'reports what is wrong when the scene is “%s”, and leaves the saved settings unchanged',
    async (scene, words) => {
      const before = { driver: 'libcamera', settings: { KIOSK_CAMERA_GAIN: '3' } };
      mkdirSync(join(folder, 'data'));
      writeFileSync(join(folder, 'data', 'camera.json'), JSON.stringify(before));
      const { code, stdout, stderr } = await kiosk(['camera', 'calibrate'], cameraSeeing(scene));
      expect(stderr).toMatch(words);
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(saved()).toEqual(before);
    },
  );
});

describe('kiosk camera calibrate with a USB camera', { timeout: LONG_MS }, () => {
  /**
   * Controls in a file. While they are automatic, each read finds them closer to what the light needs or, with `wanders`, anywhere. The image
   * comes from ffmpeg, in the colour that results from the controls.
   */
  function plugIn(wanders = false): Record<string, string> {
    const start = 'auto_exposure=1\nexposure_time_absolute=10\ngain=3\n';
    writeFileSync(
      join(folder, 'controls'),
      `${start}white_balance_automatic=0\nwhite_balance_temperature=2800\n`,
    );
    program(
      'v4l2-ctl',
      `case "$3" in
--list-ctrls) awk -F= -v OFS== -v wanders=${wanders ? 1 : 0} '
    $1 == "looks" { looks = $2 }
    /^auto_exposure/ { byItself = $2 == 3 } /^white_balance_automatic/ { byItself = $2 == 1 }
    /^exposure/ && byItself { $2 = wanders ? 20 + $2 * 7 % 90 : int($2 + 0.6 * (83 - $2) + 0.5) }
    /temperature/ && byItself { $2 = int($2 + 0.6 * (5200 - $2) + 0.5) }
    { print }' "$HERE/controls" > "$HERE/controls.new"; mv "$HERE/controls.new" "$HERE/controls"
  sed -E 's/(.*)=(.*)/ \\1 0x00980900 (int)    : min=0 max=9999 step=1 default=1 value=\\2/' "$HERE/controls";;
--set-ctrl) sed -i "s/^\${4%%=*}=.*/$4/" "$HERE/controls";;
esac`,
    );
    program(
      'ffmpeg',
      `case "$*" in *-list_formats*) echo 'Raw : yuyv422 : YUYV 4:2:2' >&2; exit 1;; esac
colour=$(awk -F= '/^exposure/ { level = 2.2 * $2 } /temperature/ { warmth = ($2 - 5200) / 5200 }
  END { printf "0x%02x%02x%02x", level * (1 + warmth), level, level * (1 - warmth) }' "$HERE/controls")
exec '${FFMPEG}' $(echo "$*" | sed -E "s/-f v4l2 -video_size ([0-9x]+) -framerate ([0-9]+) -i [^ ]+/\\
-re -f lavfi -i color=c=$colour:s=\\1:r=\\2,noise=alls=9:allf=t/")`,
    );
    return settings({ KIOSK_CAMERA: 'v4l2', KIOSK_CAMERA_DEVICE: '/dev/null' });
  }
  const controls = (): string => readFileSync(join(folder, 'controls'), 'utf8');

  it(
    'finds exposure and colour on a white card, saves them, and the next start locks them',
    async () => {
      const env = plugIn();
      const { code, stdout, stderr } = await kiosk(['camera', 'calibrate'], env);
      expect(stderr).toMatch(/With these settings \(\/dev\/null\): colour cast [0-2]\.\d %, clipped 0\.0 %/);
      expect(code).toBe(0);
      const exposure = Number(/^KIOSK_CAMERA_EXPOSURE_US=(\d+)$/m.exec(stdout)?.[1]);
      expect(Math.abs(exposure - 8300)).toBeLessThan(300);
      expect(saved()).toMatchObject({ driver: 'v4l2', reference: grey });

      // A change that another program makes to the camera lasts until the next start only.
      const locked = controls();
      expect(locked).toMatch(/^auto_exposure=1\n/);
      writeFileSync(join(folder, 'controls'), locked.replace(/^(exposure\w+)=.*/m, '$1=10'));
      const running = await KioskProcess.start(env);
      try {
        await running.untilReady();
        expect(controls()).toBe(locked);
        const { body } = await running.json<SelfTestReport>('/api/self-test');
        const colour = body.checks.find(({ id }) => id === 'colour');
        expect(colour).toMatchObject({ state: 'ok' });
        expect(colour?.found).toMatch(/ 0 % from the calibration/);
      } finally {
        await running.end();
      }
    },
    LONG_MS,
  );

  it('reports that the camera did not converge, and saves nothing', async () => {
    const { code, stderr } = await kiosk(['camera', 'calibrate'], plugIn(true));
    expect(stderr).toMatch(/kiosk camera: The camera did not converge \(exposure\)/);
    expect(code).toBe(1);
    expect(saved()).toBeUndefined();
  });

  it('reports that the camera or v4l2-ctl is missing', async () => {
    const env = plugIn();
    const away = await kiosk(['camera', 'calibrate'], { ...env, KIOSK_CAMERA_DEVICE: '/dev/video99' });
    expect(away).toMatchObject({ code: 1, stdout: '' });
    expect(away.stderr).toMatch(/The camera \/dev\/video99 is not plugged in/);
    rmSync(join(folder, 'bin', 'v4l2-ctl'));
    const toolless = await kiosk(['camera', 'calibrate'], env);
    expect(toolless).toMatchObject({ code: 1, stdout: '' });
    expect(toolless.stderr).toMatch(/There is no v4l2-ctl on this machine: install v4l-utils/);
    expect(saved()).toBeUndefined();
  });
});
