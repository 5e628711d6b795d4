import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AutoDriver } from '../../src/camera/drivers/auto.ts';
import { GstreamerDriver, pipelineArguments } from '../../src/camera/drivers/gstreamer.ts';
import { convergedFrom, convergedLibcamera, LibcameraDriver } from '../../src/camera/drivers/libcamera.ts';
import { filtersOf, V4l2Driver } from '../../src/camera/drivers/v4l2.ts';
import { videoDevices } from '../../src/camera/drivers/v4l2-devices.ts';
import { frameSize } from '../../src/camera/frame-size.ts';
import { MjpegSplitter } from '../../src/camera/mjpeg.ts';
import type { CameraDriver, CameraSettings } from '../../src/camera/port.ts';
import { KioskError } from '../../src/lib/errors.ts';

const settings: CameraSettings = {
  cameraDevice: '',
  cameraWidth: 1280,
  cameraHeight: 720,
  cameraFps: 30,
  cameraExposureUs: 0,
  cameraGain: 0,
  cameraWhiteBalance: '',
  cameraFocus: '',
  cameraCrop: 1,
  cameraRotation: '0',
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'camera-drivers-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A program of the test's own, as a shell script; its folder is `$HERE`. */
function script(name: string, body: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\nHERE='${folder}'\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

const lost = (words: RegExp): unknown =>
  expect.objectContaining({ code: 'camera/lost', message: expect.stringMatching(words) as string });

describe('libcamera', () => {
  it('runs the first program that is installed, as one long-lived stream', async () => {
    const second = script('libcamera-vid', 'exit 0');
    const found = await new LibcameraDriver(settings, [join(folder, 'rpicam-vid'), second]).find();
    expect(found.command).toBe(second);
    expect(found.args.join(' ')).toBe(
      '-t 0 -n --codec mjpeg --flush --width 1280 --height 720 --framerate 30 --denoise cdn_off -o -',
    );
  });

  it('locks exposure, gain, white balance and focus, crops about the centre and turns', async () => {
    const program = script('rpicam-vid', 'exit 0');
    const locked = {
      ...settings,
      cameraDevice: '1',
      cameraExposureUs: 8000,
      cameraGain: 1.5,
      cameraWhiteBalance: '1.8,1.4',
      cameraFocus: '9.5',
      cameraCrop: 0.5,
      cameraRotation: '180',
    } as const;
    const { args } = await new LibcameraDriver(locked, [program]).find();
    expect(args.join(' ')).toContain(
      '--camera 1 --shutter 8000 --gain 1.5 --awbgains 1.8,1.4 --autofocus-mode manual --lens-position 9.5' +
        ' --roi 0.2500,0.2500,0.5000,0.5000 --rotation 180 --denoise cdn_off',
    );
  });

  it.each([
    [{ cameraRotation: '90' }, /0 or 180/],
    [{ cameraWhiteBalance: '5200' }, /red and blue gains/],
    [{ cameraDevice: '/dev/video0' }, /by number/],
  ] as const)('rejects settings that it does not support: %j', async (changes, words) => {
    const finder = new LibcameraDriver({ ...settings, ...changes }, [script('rpicam-vid', 'exit 0')]);
    await expect(finder.find()).rejects.toEqual(lost(words));
  });

  it('reports that its program is missing', async () => {
    await expect(new LibcameraDriver(settings, ['/nonexistent/rpicam-vid']).find()).rejects.toEqual(
      lost(/install rpicam-apps/),
    );
  });

  it.each([
    ['ERROR: *** no cameras available ***', /No camera is connected/],
    ['Pipeline handler in use by another process', /in use by another program/],
    ['Dequeue timer of 1000000.00us has expired!', /sensor delivers no frames/],
    ['something else', /exited: something else/],
    ['', /exit code 1/],
  ])('explains “%s”', async (words, sentence) => {
    const program = await new LibcameraDriver(settings, [script('rpicam-vid', 'exit 0')]).find();
    expect(program.explain({ code: 1, signal: null }, words)).toMatch(sentence);
  });
});

describe('the settings that libcamera converged to', () => {
  const TEXT = [
    'ExposureTime=100\nAnalogueGain=1.0\nColourGains=[ 1.0, 1.0 ]\n',
    'ExposureTime=8333\nAnalogueGain=1.52345\nColourGains=[ 1.81234, 1.4 ]\n',
  ].join('');

  it('are the last ones in its metadata, as text or JSON', () => {
    const found = { cameraExposureUs: 8333, cameraGain: 1.523, cameraWhiteBalance: '1.812,1.4' };
    expect(convergedFrom(TEXT)).toEqual(found);
    const json =
      '{"AnalogueGain": 1.52345, "ColourGains": [1.81234, 1.4], "ExposureTime": 8333, "LensPosition": 9.5}';
    expect(convergedFrom(json)).toEqual({ ...found, cameraFocus: '9.5' });
  });

  it('leave out a focus that does not converge on a blank card, and are absent if exposure or colour do not', () => {
    const frames = (...values: number[]): string =>
      values.map((value) => `${TEXT.split('\n').slice(3).join('\n')}LensPosition=${value}\n`).join('');
    expect(convergedFrom(frames(2, 9, 3, 5, 5, 5, 5, 5)).cameraFocus).toBe('5');
    expect(convergedFrom(frames(5, 5, 5, 5, 5, 5, 2, 9))).not.toHaveProperty('cameraFocus');
    const dark = 'ExposureTime=4000\nAnalogueGain=1.5\nColourGains=[ 1.81234, 1.4 ]\n';
    const unsettled = expect.objectContaining({ code: 'camera/unsettled' }) as Error;
    expect(() => convergedFrom((TEXT + dark).repeat(4))).toThrow(unsettled);
  });

  it('are determined by its program, without the locked settings', async () => {
    const program = script(
      'rpicam-vid',
      `echo "$@" >> "$HERE/asked"; printf '${TEXT.replaceAll('\n', '\\n')}'`,
    );
    const found = await convergedLibcamera({ ...settings, cameraGain: 3 }, [program]);
    expect(found).toMatchObject({ cameraExposureUs: 8333 });
    const asked = readFileSync(join(folder, 'asked'), 'utf8');
    expect(asked).toMatch(/-t 5000 -o \/dev\/null --metadata - --metadata-format txt/);
    expect(asked).not.toContain('--gain');
    const none = script('rpicam-vid', 'echo "no cameras available" >&2; exit 255');
    await expect(convergedLibcamera(settings, [none])).rejects.toEqual(lost(/No camera is connected/));
  });
});

describe('v4l2', () => {
  const FORMATS = '[video4linux2,v4l2 @ 0x1] Compressed:       mjpeg :          Motion-JPEG : 1280x720';
  const roots = () => ({ dev: join(folder, 'dev'), sysfs: join(folder, 'sysfs') });

  function plug(node: string, { id = '', path = '', name = 'Dermatoscope' } = {}): void {
    const { dev, sysfs } = roots();
    mkdirSync(join(sysfs, node), { recursive: true });
    writeFileSync(join(sysfs, node, 'name'), `${name}\n`);
    for (const [location, link] of [
      ['by-id', id],
      ['by-path', path],
    ] as const) {
      mkdirSync(join(dev, 'v4l', location), { recursive: true });
      if (link !== '') symlinkSync(`../../${node}`, join(dev, 'v4l', location, link));
    }
    writeFileSync(join(dev, node), '');
  }

  /** Keeps controls in a file, `name=value` a line, as v4l2-ctl lists and sets them; `gain` goes no higher than 5. */
  const controls = (start: Record<string, number>): string => {
    const lines = Object.entries(start).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(join(folder, 'controls'), lines.join(''));
    return script(
      'v4l2-ctl',
      `case "$3" in
--list-ctrls) sed -E 's/(.*)=(.*)/ \\1 0x00980900 (int)    : min=0 max=9 step=1 default=1 value=\\2 flags=x/' "$HERE/controls";;
--set-ctrl) n="\${4%%=*}"; v="\${4#*=}"; [ "$n" = gain ] && [ "$v" -gt 5 ] && v=5
  sed -i "s/^$n=.*/$n=$v/" "$HERE/controls";;
esac`,
    );
  };

  const finder = (
    changes: Partial<CameraSettings> = {},
    formats = FORMATS,
    v4l2ctl = '/nonexistent/v4l2-ctl',
  ) =>
    new V4l2Driver(
      { ...settings, ...changes },
      { ffmpeg: script('ffmpeg', `echo '${formats}' >&2; exit 1`), v4l2ctl, roots: roots() },
    );

  it('detects that a device was unplugged, or unplugged and plugged in again', () => {
    const node = join(folder, 'dev', 'video0');
    for (const cameraDevice of ['', node]) {
      plug('video0');
      const camera = finder({ cameraDevice });
      const before = camera.deviceFingerprint();
      expect(camera.deviceFingerprint()).toBe(before);
      renameSync(node, join(folder, 'pulled-out'));
      const without = camera.deviceFingerprint();
      expect(without).not.toBe(before);
      plug('video0');
      expect(camera.deviceFingerprint()).not.toBe(before);
      expect(camera.deviceFingerprint()).not.toBe(without);
    }
  });

  it('passes the camera’s own JPEGs through unchanged', async () => {
    plug('video0', { id: 'usb-Derma_Scope-video-index0' });
    const { args, location } = await finder().find();
    const device = join(folder, 'dev', 'v4l', 'by-id', 'usb-Derma_Scope-video-index0');
    expect(location).toBe(device);
    expect(args.join(' ')).toContain(
      `-f v4l2 -input_format mjpeg -video_size 1280x720 -framerate 30 -i ${device} -an -c:v copy -f mjpeg`,
    );
  });

  it.each([
    ['has no JPEG format', {}, 'Raw : yuyv422 : YUYV 4:2:2'],
    ['is cropped', { cameraCrop: 0.5 }, FORMATS],
    ['is rotated', { cameraRotation: '90' }, FORMATS],
  ] as const)('re-encodes if the stream %s', async (_, changes, formats) => {
    plug('video0');
    const { args } = await finder(changes, formats).find();
    expect(args).toContain('yuvj420p');
    expect(args).not.toContain('copy');
  });

  it('looks the device up at every start', async () => {
    const camera = finder();
    await expect(camera.find()).rejects.toEqual(lost(/No USB camera is plugged in/));
    plug('video3');
    expect((await camera.find()).location).toBe(join(folder, 'dev', 'video3'));
    const named = finder({ cameraDevice: join(folder, 'dev', 'video9') });
    await expect(named.find()).rejects.toEqual(lost(/video9 is not plugged in/));
  });

  it('prefers persistent names, and leaves out secondary nodes and the board’s own codecs', () => {
    plug('video10', { path: 'platform-bcm2835-codec-video-index0', name: 'bcm2835-codec-decode' });
    plug('video2', { path: 'platform-csi-video-index0', name: 'vivid' });
    plug('video4', { id: 'usb-B-video-index0', path: 'pci-0-usb-0:2-video-index0' });
    plug('video5', { id: 'usb-B-video-index1' });
    plug('video6', { path: 'pci-0-usb-0:3-video-index0' });
    const names = videoDevices(roots()).map((path) => path.slice(join(folder, 'dev').length));
    expect(names.slice(0, 3)).toEqual([
      '/v4l/by-id/usb-B-video-index0',
      '/v4l/by-path/pci-0-usb-0:3-video-index0',
      '/v4l/by-path/platform-csi-video-index0',
    ]);
    expect(names).not.toContain('/video10');
  });

  it.each([
    [
      'since',
      ['auto_exposure', 'exposure_time_absolute', 'white_balance_automatic', 'focus_automatic_continuous'],
    ],
    ['before', ['exposure_auto', 'exposure_absolute', 'white_balance_temperature_auto', 'focus_auto']],
  ])(
    'sets controls by their names %s Linux 5.16, and reads them back',
    async (_, [mode, time, balance, focus]) => {
      plug('video0');
      const ctl = controls({
        [mode!]: 3,
        [time!]: 1,
        gain: 0,
        [balance!]: 1,
        white_balance_temperature: 1,
        [focus!]: 1,
        focus_absolute: 0,
      });
      const wanted = {
        cameraExposureUs: 8000,
        cameraGain: 4,
        cameraWhiteBalance: '5200',
        cameraFocus: '30',
      };
      expect((await finder(wanted, FORMATS, ctl).find()).location).not.toContain(';');
      expect(readFileSync(join(folder, 'controls'), 'utf8').trim().split('\n')).toEqual([
        `${mode!}=1`,
        `${time!}=80`,
        'gain=4',
        `${balance!}=0`,
        'white_balance_temperature=5200',
        `${focus!}=0`,
        'focus_absolute=30',
      ]);
    },
  );

  it('warns of controls that keep another value, that do not exist, and that cannot be set', async () => {
    plug('video0');
    const ctl = controls({ gain: 0 });
    const found = await finder({ cameraGain: 9, cameraFocus: '3' }, FORMATS, ctl).find();
    expect(found.location).toMatch(
      /KIOSK_CAMERA_GAIN: gain is 5, not 9; KIOSK_CAMERA_FOCUS: the camera has no focus_absolute/,
    );
    expect((await finder({ cameraGain: 9 }).find()).location).toMatch(/v4l2-ctl is not installed/);
  });

  it('lets the camera converge while it streams, and reads the settings', async () => {
    plug('video0');
    const v4l2ctl = controls({
      auto_exposure: 1,
      exposure_time_absolute: 83,
      gain: 2,
      white_balance_temperature: 5200,
    });
    const ffmpeg = script('ffmpeg', `echo "$@" >> "$HERE/asked"; echo '${FORMATS}' >&2`);
    const found = await new V4l2Driver(settings, { ffmpeg, v4l2ctl, roots: roots() }).converged();
    expect(found).toEqual({ cameraExposureUs: 8300, cameraGain: 2, cameraWhiteBalance: '5200' });
    expect(readFileSync(join(folder, 'controls'), 'utf8')).toMatch(/^auto_exposure=3$/m);
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toMatch(/-c:v copy -t 5 -f null -$/m);
  });

  it.each([
    ['/dev/video0: Device or resource busy', /in use by another program/],
    ['/dev/video0: Permission denied', /group “video”/],
    ['ioctl(VIDIOC_DQBUF): No such device', /is disconnected/],
    ['ioctl(VIDIOC_STREAMON): No space left on device', /USB bus has too little bandwidth/],
  ])('explains “%s”', async (words, sentence) => {
    plug('video0');
    expect((await finder().find()).explain({ code: 1, signal: null }, words)).toMatch(sentence);
  });

  it.each([
    ['0', 0.5, [160, 120]],
    ['90', 1, [240, 320]],
    ['270', 0.5, [120, 160]],
  ] as const)(
    'crops and rotates with filters that ffmpeg accepts (%s°, %d)',
    (cameraRotation, cameraCrop, size) => {
      const filters = filtersOf({ cameraRotation, cameraCrop }).join(',');
      const stream = execFileSync('ffmpeg', [
        ...['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc=size=320x240', '-vf', filters],
        ...['-frames:v', '1', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-f', 'mjpeg', 'pipe:1'],
      ]);
      const [jpeg] = new MjpegSplitter().push(stream);
      expect(frameSize(jpeg!)).toEqual({ width: size[0], height: size[1] });
    },
  );
});

describe('gstreamer', () => {
  const wanted = { cameraPipeline: '', cameraCrop: 1, cameraRotation: '0' } as const;

  it('splits the pipeline into arguments and appends the end itself', () => {
    const cameraPipeline =
      'nvarguscamerasrc sensor-id=0 ! video/x-raw(memory:NVMM),width=1280,framerate=30/1 !  nvvidconv ! video/x-raw,format=I420';
    expect(pipelineArguments({ ...wanted, cameraPipeline, cameraRotation: '90' })).toEqual([
      ...[
        '-q',
        'nvarguscamerasrc',
        'sensor-id=0',
        '!',
        'video/x-raw(memory:NVMM),width=1280,framerate=30/1',
        '!',
      ],
      ...['nvvidconv', '!', 'video/x-raw,format=I420', '!', 'videoflip', 'method=clockwise'],
      ...['!', 'queue', 'max-size-buffers=2', 'leaky=downstream'],
      ...['!', 'jpegenc', 'quality=90', '!', 'fdsink', 'fd=1', 'sync=false'],
    ]);
  });

  it.each([
    ['', /must name/],
    ['videotestsrc; rm -rf /', /characters/],
    ['videotestsrc $(id)', /characters/],
    ['--gst-plugin-path=/tmp videotestsrc', /characters/],
    ['videotestsrc ! filesink location=/tmp/x', /sink/],
    ['videotestsrc !', /end with/],
  ])('rejects “%s”', (cameraPipeline, words) => {
    expect(() => pipelineArguments({ ...wanted, cameraPipeline })).toThrow(words);
  });

  it('reports the element that is missing', async () => {
    const missing = new GstreamerDriver(
      { ...wanted, cameraPipeline: 'videotestsrc' },
      '/nonexistent/gst-launch-1.0',
    );
    await expect(missing.find()).rejects.toEqual(lost(/install gstreamer1.0-tools/));
    const there = new GstreamerDriver({ ...wanted, cameraPipeline: 'abcsrc' }, script('gst', 'exit 0'));
    const { explain } = await there.find().then((found) => ({ explain: found.explain.bind(found) }));
    expect(explain({ code: 1, signal: null }, 'WARNING: erroneous pipeline: no element "abcsrc"')).toMatch(
      /no element abcsrc/,
    );
  });
});

describe('auto', () => {
  /** A driver whose camera is present or not, as the test sets it. */
  class ManualDriver implements CameraDriver {
    readonly simulated = false;
    readonly driver: string;
    there = true;
    deviceFingerprint: () => string = () => (this.there ? this.driver : '');

    constructor(driver: string) {
      this.driver = driver;
    }

    find() {
      if (!this.there) return Promise.reject(new KioskError('camera/lost', `no ${this.driver}.`));
      const { driver, simulated } = this;
      return Promise.resolve({ driver, simulated, command: '', args: [], explain: () => '' });
    }
  }

  it('tries the next driver until one has sent a frame, and stays with it', async () => {
    const [a, b] = [new ManualDriver('a'), new ManualDriver('b')];
    const auto = new AutoDriver([a, b]);
    const name = async () => (await auto.find()).driver;
    expect([await name(), await name(), await name(), await name()]).toEqual(['a', 'b', 'a', 'b']);
    auto.confirmStreaming();
    expect(await auto.find()).toMatchObject({ driver: 'b', location: 'b (chosen by auto)' });
    auto.confirmStreaming();
    b.there = false;
    expect(await name()).toBe('a');
    a.there = false;
    await expect(auto.find()).rejects.toEqual(lost(/^a: no a\. b: no b\.$/));
    b.there = true;
    expect(await name()).toBe('b');
  });

  it('detects a change of any driver’s device', () => {
    const [a, b] = [new ManualDriver('a'), new ManualDriver('b')];
    const auto = new AutoDriver([new LibcameraDriver(settings), a, b]);
    const fingerprints = [true, false].flatMap((one) =>
      [true, false].map((other) => {
        [a.there, b.there] = [one, other];
        return auto.deviceFingerprint();
      }),
    );
    expect(new Set(fingerprints).size).toBe(4);
  });
});
