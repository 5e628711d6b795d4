/* eslint-disable max-lines -- one table of all settings */
import { Type, type Static } from '@sinclair/typebox';
import { KEY_CODES, KEYS_PATTERN } from '../lib/key-codes.ts';
import { LOG_LEVELS } from '../lib/logger.ts';
import { CONTRA_QUESTIONS, CONTRAINDICATED } from '../protocol/context.ts';
import { TEXT_SIZES, THEMES } from '../protocol/theme.ts';
import { CARD_PREVALENCE, PREVALENCE_PATTERN, PREVALENCE_PRESETS } from '../protocol/prevalence.ts';
import { RETENTION_MODES } from '../protocol/retention.ts';
import { LANGUAGES } from '../protocol/languages.ts';
import { CAMERA_NAMES, TRIED_BY_AUTO } from './camera-names.ts';

/**
 * All settings of the kiosk with type, default and description. The environment variable is the key in upper snake case
 * with the prefix KIOSK_ (`burstFrames` → KIOSK_BURST_FRAMES); a few are also read from other variables (`load.ts`).
 */
const oneOf = <const T extends readonly string[]>(
  values: T,
  options: { default: T[number]; description: string },
) =>
  Type.Unsafe<T[number]>(
    Type.Union(
      values.map((value) => Type.Literal(value)),
      options,
    ),
  );

const count = (defaultValue: number, minimum: number, maximum: number, description: string) =>
  Type.Integer({ default: defaultValue, minimum, maximum, description });

const decimal = (defaultValue: number, minimum: number, maximum: number, description: string) =>
  Type.Number({ default: defaultValue, minimum, maximum, description });

/** The phantom's scenes; a test compares them with the phantom itself, which is a separate program. */
export const PHANTOM_SCENES = [
  'naevus',
  'melanoma-like',
  'vascular',
  'keratosis',
  'ruler',
  'hairy',
  'blurred',
  'over-exposed',
  'no-lesion',
  'not-skin',
] as const;

const scene = `(?:${PHANTOM_SCENES.join('|')})`;

function presetsInWords(): string {
  return Object.entries(PREVALENCE_PRESETS)
    .map(([name, share]) => `${name} (${share})`)
    .join(', ');
}

export const ConfigSchema = Type.Object(
  {
    host: Type.String({
      default: '127.0.0.1',
      minLength: 1,
      description: 'Address to serve the screen on.',
    }),
    port: count(8080, 0, 65_535, 'Port to serve the screen on; 0 picks a free one.'),
    allowedHosts: Type.String({
      default: '',
      description:
        'Additional host names, separated by commas, under which the kiosk may be addressed; loopback names are always allowed.',
    }),
    dataDir: Type.String({ default: 'data', minLength: 1, description: 'Folder of the database.' }),
    logLevel: oneOf(LOG_LEVELS, { default: 'info', description: 'Level of the log on standard error.' }),
    camera: oneOf(CAMERA_NAMES, {
      default: 'phantom',
      description: `Camera driver; auto picks the first of ${TRIED_BY_AUTO.join(', ')} that is configured and delivers frames, never a simulated one.`,
    }),
    cameraDevice: Type.String({
      default: '',
      pattern: '^(?:/dev/[!-~]+|[0-9]{1,2})?$',
      description:
        'Which camera: a path such as /dev/v4l/by-id/… (v4l2), a number (libcamera); empty picks the first.',
      expected: 'must be a path in /dev, or a number of at most two digits',
    }),
    cameraPipeline: Type.String({
      default: '',
      description: 'GStreamer elements up to raw video, for the gstreamer driver.',
    }),
    cameraWidth: count(960, 160, 4096, 'Width of the live stream, pixels.'),
    cameraHeight: count(720, 120, 4096, 'Height of the live stream, pixels.'),
    cameraFps: count(20, 1, 60, 'Frames per second of the live stream.'),
    cameraExposureUs: count(0, 0, 1_000_000, 'Exposure time, µs; 0 leaves it to the camera.'),
    cameraGain: decimal(
      0,
      0,
      10_000,
      'Gain: a factor (libcamera) or in the camera’s own unit (v4l2); 0 leaves it to the camera.',
    ),
    cameraWhiteBalance: Type.String({
      default: '',
      pattern: '^(?:[0-9]+(?:[.][0-9]+)?,[0-9]+(?:[.][0-9]+)?|[0-9]{4,5})?$',
      description:
        'Red and blue gains such as 1.8,1.4 (libcamera, and v4l2 in the camera’s own unit) or a temperature in kelvin (v4l2); empty leaves it to the camera.',
      expected: 'must be two gains such as 1.8,1.4, or a temperature such as 5200',
    }),
    cameraFocus: Type.String({
      default: '',
      pattern: '^(?:[0-9]+(?:[.][0-9]+)?)?$',
      description:
        'Lens position, dioptres (libcamera) or in the camera’s own unit (v4l2); empty leaves it to the camera.',
      expected: 'must be a number from 0',
    }),
    cameraCrop: decimal(
      1,
      0.1,
      1,
      'Central fraction of the width and height of a real camera’s frame that is used.',
    ),
    cameraRotation: oneOf(['0', '90', '180', '270'], {
      default: '0',
      description: 'Clockwise rotation of a real camera’s frames, degrees; libcamera supports 0 and 180.',
    }),
    cameraPixelsPerMm: decimal(
      0,
      0,
      10_000,
      'Pixels of the stream per millimetre of skin (`kiosk camera ruler`); 0 shows no millimetres.',
    ),
    cameraLatencyMs: count(
      100,
      0,
      2000,
      'Longest time from exposure to arrival of a frame, ms; frames that arrive sooner than this after a press are not used.',
    ),
    cameraStalledMs: count(
      2000,
      300,
      60_000,
      'Without a frame for this long, ms, the camera counts as stalled and is restarted.',
    ),
    phantomScene: Type.String({
      default: 'naevus',
      pattern: `^(?:all|${scene}(?: *, *${scene})*)$`,
      description: `Scene the phantom draws: ${PHANTOM_SCENES.join(', ')}; several separated by commas to cycle through, or all.`,
      expected: `must be all, or one or more of ${PHANTOM_SCENES.join(', ')}, separated by commas`,
    }),
    phantomSeed: count(1, 0, 2_147_483_647, 'Seed of the phantom: the same seed draws the same frames.'),
    replayDir: Type.String({ default: '', description: 'Folder of images that the replay camera shows.' }),
    replaySecondsPerPicture: count(5, 1, 3600, 'How long the replay camera shows each image, s.'),
    operatorUnlock: oneOf(['auto', 'off'], {
      default: 'auto',
      description:
        'Whether the log, the patients and the settings are locked until an operator unlocks them: auto as soon as there is a PIN or an operator, off never (a research bench with one user).',
    }),
    badgePrefix: Type.String({
      default: '',
      maxLength: 20,
      description:
        'Beginning of the code of every operator’s badge; other scanned codes are then taken as patient references at once. Empty looks every code up among the badges first.',
    }),
    button: oneOf(['virtual', 'auto', 'input', 'gpiod', 'onoff'], {
      default: 'virtual',
      description:
        'Button driver; the on-screen button always works. auto uses matching input devices, and the first of gpiod and onoff that works.',
    }),
    buttonLine: count(17, 0, 255, 'GPIO line of the button (BCM number).'),
    buttonChip: Type.String({
      default: '',
      description: 'Label of the button’s GPIO chip; empty detects the Raspberry Pi’s automatically.',
    }),
    buttonActiveLow: Type.Boolean({ default: true, description: 'The button pulls the line to ground.' }),
    buttonDevice: Type.String({
      default: '',
      description:
        'Input device of the button: its name, or a path such as /dev/input/by-id/…; empty uses all that have one of the keys and are not keyboards.',
    }),
    buttonKeys: Type.String({
      default: 'KEY_CAMERA,KEY_PROG1,KEY_ENTER',
      pattern: KEYS_PATTERN,
      description: `Keys of an input device that count as the button, separated by commas: ${Object.keys(KEY_CODES).join(', ')}, or numbers.`,
      expected: `must be one or more of ${Object.keys(KEY_CODES).join(', ')} or numbers, separated by commas`,
    }),
    buttonDebounceMs: count(
      60,
      0,
      80,
      'Debounce time of a bare contact, ms: an edge counts once the contact has been stable for this long.',
    ),
    buttonLongPressMs: count(
      1000,
      0,
      5000,
      'Holding the button this long, ms, discards a result or leaves a retake or a fault; 0 disables this.',
    ),
    lamp: oneOf(['none', 'auto', 'gpiod', 'onoff'], {
      default: 'none',
      description: 'Driver of the button’s lamp; auto picks the first that works.',
    }),
    lampLine: count(27, 0, 255, 'GPIO line of the lamp (BCM number).'),
    lampChip: Type.String({
      default: '',
      description: 'Label of the lamp’s GPIO chip; empty detects the Raspberry Pi’s automatically.',
    }),
    lampActiveLow: Type.Boolean({ default: false, description: 'The lamp is lit while its line is low.' }),
    language: oneOf(LANGUAGES, { default: 'en', description: 'Language of the screen.' }),
    sound: Type.Boolean({ default: true, description: 'Short tones announce a change of state.' }),
    idleSeconds: count(
      180,
      0,
      3600,
      'After this long without a touch or a press, s, the screen is cleared of all patient data; 0 never.',
    ),
    brightness: count(100, 20, 100, 'Brightness of the screen, per cent.'),
    theme: oneOf(THEMES, {
      default: 'dark',
      description:
        'Colours of the screen: dark, light (for bright rooms), or by-time (light during the day).',
    }),
    textSize: oneOf(TEXT_SIZES, {
      default: 'normal',
      description:
        'Type of the screen: normal, or large (a fifth larger; pages then scroll on small displays).',
    }),
    lightFrom: count(7, 0, 24, 'Hour of the day from which the theme by-time is light.'),
    lightUntil: count(
      19,
      0,
      24,
      'Hour of the day at which the theme by-time becomes dark again; may be before lightFrom, then it is light overnight.',
    ),
    operatingPoint: Type.String({
      default: '',
      maxLength: 80,
      description: 'Name of an operating point of the model card; empty uses the card’s default.',
    }),
    prevalence: Type.String({
      default: CARD_PREVALENCE,
      pattern: PREVALENCE_PATTERN,
      description: `Share of malignant and pre-malignant lesions among those captured at this clinic, for which the probabilities are stated: ${presetsInWords()}, or a share such as 0.05; card is that of the model’s test lesions. Above and below the threshold never change with it.`,
      expected: `must be card, ${Object.keys(PREVALENCE_PRESETS).join(', ')}, or a share from 0.001 to 0.999`,
    }),
    gateFocus: decimal(
      0.27,
      0.1,
      0.6,
      'Minimum sharpness; a less sharp image is rejected (`docs/quality.md`).',
    ),
    gateDark: decimal(0.2, 0.05, 0.5, 'Minimum brightness, 0–1; a darker image is rejected.'),
    gateHair: decimal(0.05, 0.01, 0.5, 'Maximum fraction of the lesion covered by hair; more is rejected.'),
    gateGlare: decimal(
      0.006,
      0.001,
      0.1,
      'Maximum fraction of the lesion covered by reflections; more is rejected.',
    ),
    gateInk: decimal(
      0.05,
      0.01,
      0.5,
      'Maximum fraction of the image covered by ink or a marker; more is rejected.',
    ),
    referencePattern: Type.String({
      default: '[A-Za-z0-9._/+-]{3,40}',
      minLength: 1,
      maxLength: 100,
      description:
        'Pattern of a patient reference: characters and classes such as [A-Z0-9-], each with ?, *, + or {3,8}; at most 40 characters in all.',
      expected: 'must be characters and classes such as [A-Z]{2}[0-9]{6}, one after another',
    }),
    askContraindications: oneOf(CONTRA_QUESTIONS, {
      default: 'on',
      description:
        'Whether the contraindications are asked with every capture of the camera, before its result is shown; for a known lesion only those that can change.',
    }),
    blindFirst: Type.Boolean({
      default: false,
      description:
        'After a capture of the camera, ask the clinician for an opinion of the lesion before its result is shown.',
    }),
    contraIndicated: oneOf(CONTRAINDICATED, {
      default: 'flag',
      description: 'Whether a session on a lesion with a contraindication is flagged or refused.',
    }),
    askNextPatient: Type.Boolean({
      default: true,
      description:
        'After each result, ask whether the next capture is of the same patient; without an answer it belongs to nobody.',
    }),
    guide: Type.Boolean({
      default: true,
      description:
        'A new kiosk shows the first-run guide on its own screen, until it is finished or declined.',
    }),
    followUpDays: count(
      90,
      1,
      3650,
      'Days after its last capture when a lesion is listed in the log as due for follow-up.',
    ),
    exportReferences: Type.Boolean({
      default: false,
      description: 'Exports contain the patient reference and the lesion label, not only their random IDs.',
    }),
    exportDir: Type.String({
      default: '',
      description:
        'Folder for exports from the screen, where a USB drive is mounted; empty hides the Export button.',
    }),
    uploadDir: Type.String({
      default: '',
      description:
        'Folder whose PNG and JPEG files the kiosk’s own screen offers for upload, where a USB drive is mounted; empty opens the browser’s file dialog instead.',
    }),
    engine: oneOf(['auto', 'tfjs-node', 'onnxruntime'], {
      default: 'auto',
      description: 'Inference engine; auto prefers tfjs-node.',
    }),
    model: Type.String({
      default: '',
      description: 'Model bundle: the name of a bundled one, or a folder; empty uses the default.',
    }),
    framing: Type.Boolean({
      default: true,
      description:
        'The aiming ring shows live whether a press would pass; takes up to a quarter of a processor core while the live image is shown.',
    }),
    autoCapture: Type.Boolean({
      default: false,
      description: 'Captures without a press once the aiming ring has been green for a second.',
    }),
    burstFrames: count(3, 1, 16, 'Frames taken per press; the sharpest that passes the gate is classified.'),
    burstSpanMs: count(
      0,
      0,
      2000,
      'Time over which the frames of a burst are spread, ms; 0 takes consecutive frames.',
    ),
    captureTimeoutMs: count(3000, 200, 60_000, 'Longest wait for the frames of a burst, ms.'),
    inferenceTimeoutMs: count(
      10_000,
      200,
      120_000,
      'Longest wait for a response of the inference process, ms.',
    ),
    retention: oneOf(RETENTION_MODES, {
      default: 'off',
      description:
        'Whether images are stored, encrypted, beyond their result: off, ask (with the patient’s consent, given on the result screen), or always.',
    }),
    retentionDays: count(30, 1, 3650, 'Days an image is stored; then it is deleted automatically.'),
    retentionKey: Type.String({
      default: '',
      description:
        'File of the encryption key of the stored images, created on first use; empty uses pictures.key in the data folder. Without it no stored image can be read.',
    }),
    uploadMaxBytes: count(20_000_000, 1000, 20_000_000, 'Largest uploaded file, bytes.'),
    updateLock: Type.String({
      default: '',
      pattern: '^(?:/.+)?$',
      description:
        'Lock file that exists from a press until the screen is ready again; balena sets it itself; empty for none.',
      expected: 'must be an absolute path',
    }),
  },
  { additionalProperties: false },
);

export type Config = Readonly<Static<typeof ConfigSchema>>;
