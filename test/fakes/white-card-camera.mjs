// The parts of a Raspberry Pi's camera that calibration needs, under the name rpicam-vid: automatic exposure, gain and white balance until they are
// set by arguments, and an image that results from them. FAKE_CAMERA_SEES is the scene; each start appends its arguments to FAKE_CAMERA_LOG.
import { appendFileSync } from 'node:fs';
import { clearInterval, setInterval } from 'node:timers';
import { parseArgs } from 'node:util';
import sharp from 'sharp';

/** Light from each scene, per channel, and the limits of the gains of red and blue. */
const SCENES = {
  'white card': { light: [0.5, 1, 0.7], gains: [1, 4] },
  'red card': { light: [3, 1, 0.7], gains: [1, 4] },
  'flickering card': { light: [0.5, 1, 0.7], gains: [1, 4] },
  checkers: { light: [0.5, 1, 0.7], gains: [1, 4], dark: 0.2 },
};
const EXPOSED = 0.7;
/** Fraction of the light per microsecond. */
const SENSITIVITY = 1e-4;
const FULL_GAIN = 2;

const option = { type: 'string' };
const names = 'width,height,framerate,codec,shutter,gain,awbgains,autofocus-mode,lens-position,denoise';
const { values } = parseArgs({
  options: {
    ...Object.fromEntries(
      `${names},roi,rotation,camera,metadata,metadata-format`.split(',').map((n) => [n, option]),
    ),
    ...{ t: { ...option, short: 't' }, o: { ...option, short: 'o' }, n: { type: 'boolean', short: 'n' } },
    flush: { type: 'boolean' },
  },
});
appendFileSync(process.env.FAKE_CAMERA_LOG, `${process.argv.slice(2).join(' ')}\n`);

const sceneName = process.env.FAKE_CAMERA_SEES;
const scene = SCENES[sceneName];
if (scene === undefined) {
  process.stderr.write('ERROR: *** no cameras available ***\n');
  process.exit(255);
}

const clamp = (value, [low, high]) => Math.min(high, Math.max(low, value));
const [red, green, blue] = scene.light;
const aims = {
  exposure: EXPOSED / (green * SENSITIVITY * FULL_GAIN),
  red: clamp(green / red, scene.gains),
  blue: clamp(green / blue, scene.gains),
};

/** Progress of the automatic control after `frame` frames, from 0 (dark and green) to 1. */
const convergence = (frame) =>
  sceneName === 'flickering card' ? 0.5 + 0.3 * Math.sin(frame) : 1 - 0.9 ** (frame + 1);

function settingsAt(frame) {
  const share = convergence(frame);
  const [setRed, setBlue] = values.awbgains?.split(',').map(Number) ?? [];
  return {
    exposure: Math.round(Number(values.shutter ?? aims.exposure * share)),
    gain: Number(values.gain ?? 1 + (FULL_GAIN - 1) * share),
    red: setRed ?? 1 + (aims.red - 1) * share,
    blue: setBlue ?? 1 + (aims.blue - 1) * share,
  };
}

async function image({ exposure, gain, red: redGain, blue: blueGain }) {
  const [width, height] = [Number(values.width), Number(values.height)];
  const exposed = 255 * exposure * gain * SENSITIVITY;
  const colour = [red * redGain, green, blue * blueGain].map((channel) => exposed * channel);
  const data = Buffer.alloc(3 * width * height);
  for (let i = 0; i < width * height; i += 1) {
    const square = (Math.floor((i % width) / 40) + Math.floor(i / width / 40)) % 2;
    const share = square === 1 ? (scene.dark ?? 1) : 1;
    for (const [channel, value] of colour.entries())
      data[3 * i + channel] = clamp(value * share + 4 * Math.random() - 2, [0, 255]);
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
}

const fps = Number(values.framerate);
if (values.metadata !== undefined) {
  for (let frame = 0; frame < (fps * Number(values.t)) / 1000; frame += 1) {
    const { exposure, gain, red: r, blue: b } = settingsAt(frame);
    process.stdout.write(`ExposureTime=${exposure}\nAnalogueGain=${gain}\nColourGains=[ ${r}, ${b} ]\n\n`);
  }
} else {
  let frame = 0;
  let made = Promise.resolve();
  const timer = setInterval(() => {
    made = made.then(async () => process.stdout.write(await image(settingsAt((frame += 1)))));
  }, 1000 / fps);
  process.stdout.on('error', () => clearInterval(timer));
}
