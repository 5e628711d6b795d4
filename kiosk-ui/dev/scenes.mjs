/** Every state of the screen, each as a View: what the mock service shows and look-over.mjs draws. */

const MODEL = { name: 'seed-cnn', version: '1.0.0', sha256: 'ab'.repeat(32), engine: 'tfjs-node' };
const THRESHOLD = 0.317;

const CLASSES = {
  akiec: ['Actinic keratosis / Bowen’s disease', 'pre-cancer', 'pre-cancer or carcinoma in situ'],
  bcc: ['Basal cell carcinoma', 'cancer', 'cancer'],
  bkl: ['Benign keratosis', 'benign', 'benign'],
  df: ['Dermatofibroma', 'benign', 'benign'],
  mel: ['Melanoma', 'cancer', 'cancer'],
  nv: ['Melanocytic naevus', 'benign', 'benign'],
  vasc: ['Vascular lesion', 'benign', 'benign'],
};

export const CALM = {
  camera: { state: 'live', driver: 'phantom', simulated: true },
  button: { driver: 'virtual', state: 'ready' },
  model: { state: 'ready', ...MODEL, threshold: THRESHOLD },
  storage: { state: 'ok' },
  board: { warnings: [] },
  session: { state: 'ready' },
  sound: true,
  idle: false,
  language: 'en',
  brightness: 100,
  theme: { mode: 'dark', lightFrom: 7, lightUntil: 19 },
  textSize: 'normal',
};

const head = { id: '7c4b2a10-5d0e-4f5e-9c1c-2f6f0f7a1b11', number: 128, source: 'camera' };
const file = { ...head, source: 'upload' };

const PICTURE = '/api/sessions/x/picture';
/** Two hairs across the lesion. */
const MARKED = { side: 16, cells: [101, 102, 118, 119, 135, 136, 152, 153, 117, 133, 149, 148, 164] };

const mix = (mel, bcc, akiec, nv, bkl, vasc, df) => ({ akiec, bcc, bkl, df, mel, nv, vasc });

/** A hundred lesions, of which the score's fraction was malignant, with the Wilson interval. */
function observedOf(malignancy) {
  const lesions = 100;
  const malignant = Math.round(lesions * malignancy);
  const share = malignant / lesions;
  const square = 1.96 ** 2 / lesions;
  const middle = (share + square / 2) / (1 + square);
  const reach = Math.sqrt(square * (share * (1 - share) + square / 4)) / (1 + square);
  return { lesions, malignant, low: middle - reach, high: middle + reach };
}

export function resultOf(probabilities, threshold = THRESHOLD) {
  const { mel, bcc, akiec } = probabilities;
  const malignancy = mel + bcc + akiec;
  const classes = Object.entries(probabilities)
    .map(([id, probability]) => {
      const [name, kind, mark] = CLASSES[id];
      return { id, name, kind, mark, probability };
    })
    .sort((a, b) => b.probability - a.probability);
  const statement = malignancy >= threshold ? 'above' : 'below';
  return {
    ...{ outcome: 'result', malignancy, threshold, statement, observed: observedOf(malignancy) },
    ...{ classes, model: MODEL },
  };
}

export const MIXES = {
  above: mix(0.5231, 0.0812, 0.0417, 0.2544, 0.0713, 0.0201, 0.0082),
  below: mix(0.0413, 0.0122, 0.0071, 0.8802, 0.0431, 0.0107, 0.0054),
  close: mix(0.2112, 0.0631, 0.0424, 0.4611, 0.1509, 0.0502, 0.0211),
  tiny: mix(0.0011, 0.0004, 0.0002, 0.9962, 0.0014, 0.0005, 0.0002),
  sure: mix(0.9967, 0.0009, 0.0003, 0.0013, 0.0005, 0.0002, 0.0001),
};

/** The outline of the lesion that `drawLesion` draws. */
const OUTLINE = Array.from({ length: 96 }, (_, i) => {
  const angle = (i / 96) * 2 * Math.PI;
  const edge =
    0.205 + 0.035 * Math.sin(3 * angle + 0.6) + 0.022 * Math.sin(5 * angle + 2) + 0.012 * Math.sin(9 * angle);
  return [0.5 + edge * Math.cos(angle), 0.5125 + edge * Math.sin(angle)];
});

const HEAT = {
  side: 6,
  values: [
    [0, 0, 4, 10, 2, 0],
    [0, 40, 120, 90, 20, 0],
    [6, 110, 255, 190, 60, 8],
    [0, 90, 180, 210, 130, 12],
    [0, 12, 60, 80, 40, 0],
    [0, 0, 2, 6, 0, 0],
  ].flat(),
};

const HINTS = { asymmetry: 0.214, borderIrregularity: 1.38, colours: 3, share: 0.131 };
const LESION = {
  ...{ evidence: 0.981, share: 0.131, distance: 1210.4 },
  ...{ hair: 0.0125, glare: 0.0071, ink: 0.0003, cut: 0.25, lesionFocus: 0.512 },
};

/** What a model with a mask and an activation map adds to its result. */
const EXPLANATION = { outline: OUTLINE, heat: HEAT, hints: HINTS };

export function showing(result, more = {}) {
  return {
    state: 'showing',
    ...head,
    picture: '/api/sessions/x/picture',
    result,
    disposition: 'unreviewed',
    ...more,
  };
}

const withSession = (session) => ({ ...CALM, session });
const lesion = (id, label, site, contraIndications = []) => ({ id, label, site, contraIndications });
const LESIONS = [
  lesion('5', '5', 'fingers-palm-right', ['ulcerated', 'dark-skin']),
  lesion('4', 'by the scar', 'upper-arm-back-left'),
  lesion('3', '3', 'nape'),
  lesion('2', '2', 'thigh-front-right'),
  lesion('1', '1', 'chest-left'),
  { ...lesion('0', 'old', 'chest-left'), closed: 'excised' },
];
/** The edits of a lesion, by its ID. */
export const EDITS = {
  4: [
    { kind: 'renamed', at: '2026-11-24T16:45:02Z', label: '4', operator: 'operator-1' },
    { kind: 'moved', at: '2026-08-18T11:31:40Z', site: 'upper-arm-back-right', operator: 'technician' },
    { kind: 'reopened', at: '2026-05-29T08:11:07Z' },
    { kind: 'closed', at: '2026-02-20T15:10:55Z', reason: 'resolved' },
  ],
  0: [{ kind: 'closed', at: '2026-06-30T09:20:00Z', reason: 'excised', operator: 'operator-1' }],
};
/** The contraindications that are asked about. */
const ASKED = ['special-site', 'ulceration', 'bleeding', 'hidden', 'too-large', 'dark-skin'];
export const CONTEXT = { reference: 'A-10482', lesions: LESIONS, lesion: LESIONS[1] };

/** An overview image of the lesion of `CONTEXT` that is being taken. */
export function overviewOf(state, more = {}) {
  const { reference, lesion } = CONTEXT;
  const shot = { number: 1, picture: '/api/overview/mock/shots/1' };
  return {
    ...{ id: 'mock', state, of: { reference, lesion }, consent: true, days: 30 },
    ...(state === 'held' && { shot }),
    ...more,
  };
}

/** Stored overview images by lesion ID, newest first. */
export const OVERVIEWS = {
  4: ['2026-11-24T16:50:31Z', '2026-08-18T11:34:02Z', '2026-05-29T08:15:44Z', '2026-02-20T15:11:09Z'].map(
    (keptAt, i) => ({ id: `overview-${i}`, keptAt, due: keptAt.replace('2026', '2027') }),
  ),
  // The lesion of the newest session in the log.
  'lesion-0': [{ id: 'overview-4', keptAt: '2026-05-12T09:20:00Z', due: '2026-06-11T09:20:00Z' }],
};

const MARKS = { 5: 'no-answer', 4: 'above', 3: 'below', 1: 'at', 0: 'above' };
const MANY = [6, 7, 8, 9, 10, 11, 12].map((id) => lesion(String(id), String(id), 'upper-back-right'));
const NEAR = ['chest-left', 'chest-right'].map((site, i) => lesion(`near-${i}`, String(i + 1), site));
/** The patient of `CONTEXT`, and others; the second has many lesions, the fourth two that are close to each other. */
export const PATIENTS = [
  { id: 'patient-1', reference: 'A-10482', lesions: LESIONS },
  { id: 'patient-2', reference: 'A-20931', earlier: 'C-1270', lesions: MANY },
  { id: 'patient-3', reference: 'B-7', lesions: [] },
  ...Array.from({ length: 9 }, (_, i) => ({
    id: `patient-${i + 4}`,
    reference: `C-${1204 - i}`,
    lesions: i === 0 ? NEAR : [],
  })),
].map(({ id, reference, earlier, lesions }, i) => ({
  id,
  reference,
  earlier,
  ...(i === 0 && { phototype: 3, birthYear: 1961 }),
  lesions: lesions.map((one) => {
    const mark = MARKS[one.id] ?? (one.id > 5 ? 'below' : undefined);
    return {
      ...{ lesion: one, captures: mark === undefined ? 0 : 2 },
      ...(mark && { last: { openedAt: '2026-11-24T16:47:12Z', mark } }),
    };
  }),
  visits:
    i > 1
      ? []
      : [
          ['2026-11-24', 218, 'result', { statement: 'above', lesion: '4' }],
          ['2026-11-24', 217, 'retake', { lesion: '4' }],
          ['2026-11-24', 216, 'withheld', { lesion: '5' }],
          ['2026-08-18', 155, 'result', { statement: 'below', lesion: '3' }],
          ['2026-08-18', 154, 'result', { statement: 'at', lesion: '1' }],
          ['2026-05-29', 101, 'result', { statement: 'below', lesion: '4' }],
        ].reduce((days, [day, number, outcome, more]) => {
          const session = { id: `capture-${number}`, number, openedAt: `${day}T16:47:12Z`, outcome, ...more };
          if (days.at(-1)?.day === day) days.at(-1).sessions.push(session);
          else days.push({ day, sessions: [session] });
          return days;
        }, []),
}));

const capture = (number, day, more) => ({
  ...{ id: `capture-${number}`, number, openedAt: `${day}:12Z`, model: 'lesion-pair 0.2.1', pictured: false },
  ...more,
});
const answer = (malignancy, diameterMm) => ({
  ...{ outcome: 'result', malignancy, threshold: 0.153, statement: malignancy >= 0.153 ? 'above' : 'below' },
  ...(diameterMm && { diameterMm }),
});
/** Histories by lesion ID: one with several captures, one with a single one, and others without any. */
export const COURSES = {
  4: [
    capture(12, '2025-11-12T09:41', { ...answer(0.0811, 5.2), model: 'lesion-pair 0.1.4', threshold: 0.21 }),
    capture(56, '2025-12-20T15:01', {
      ...{ ...answer(0.0811, 5.2), model: 'lesion-pair 0.1.4', threshold: 0.21 },
      ...{ id: 'same', pictured: true },
    }),
    capture(57, '2026-02-20T15:03', { ...answer(0.1204, 5.3), pictured: true }),
    capture(58, '2026-02-20T15:05', { outcome: 'withheld', reason: 'unsure' }),
    capture(101, '2026-05-29T08:12', { ...answer(0.1187, 5.6), id: 'cut', pictured: true }),
    capture(155, '2026-08-18T11:30', { ...answer(0.2413, 6.1), id: 'earlier', pictured: true }),
    capture(218, '2026-11-24T16:47', {
      ...answer(0.4302, 6.9),
      histology: 'mel',
      id: 'later',
      pictured: true,
    }),
  ],
  3: [capture(77, '2026-03-02T10:20', answer(0.0211))],
};
const change = (percent, low, high) => ({ percent, low, high });
const turned = (by, scale) => ({ a: Math.cos(by) / scale, b: Math.sin(by) / scale, tx: 0, ty: 0 });
const outlines = () => [OUTLINE, OUTLINE.map(([x, y]) => [0.5 + 1.12 * (x - 0.5), 0.5 + 1.12 * (y - 0.5)])];
const GROWN = {
  registration: turned(-0.4, 1.02),
  change: {
    ...{ area: change(20.8, 6.1, 37.4), diameter: change(11.2, 2.6, 20.3), shape: change(4.1, 0, 9.6) },
    scaleBy: 'registration',
  },
  outlines: outlines(),
};
/** By the ID of the earlier capture. */
export const COMPARISONS = {
  earlier: GROWN,
  // With the result on the screen.
  later: GROWN,
  cut: { registration: turned(0, 1), refused: 'cut', outlines: outlines() },
  // The longest title, with all numbers and the fine print below it.
  same: {
    registration: turned(-0.2, 0.99),
    change: {
      ...{ area: change(6.2, -11.4, 25.3), diameter: change(2.9, -7.1, 13.8), shape: change(5.2, 0, 12.9) },
      scaleBy: 'registration',
    },
    outlines: outlines(),
  },
  other: { refused: 'not-registered', outlines: outlines() },
};
const flagged = (contraIndicated) => ({ ...CONTEXT, lesion: LESIONS[0], contraIndicated });

const withheld = (reason) => showing({ outcome: 'withheld', reason, model: MODEL });

export const FAULT_CODES = [
  'camera/lost',
  'camera/stalled',
  'camera/timeout',
  'model/none',
  'model/loading',
  'inference/died',
  'inference/timeout',
  'inference/failed',
  'session/aborted',
  'session/timeout',
  'store/full',
  'store/read-only',
  'store/failed',
  'internal/error',
];
const FILE_FAULT_CODES = [
  'picture/broken',
  'picture/unsupported',
  'picture/too-many-pixels',
  'picture/too-large',
];
const GATE_REASONS = [
  'too-small',
  'damaged',
  'too-dark',
  'too-bright',
  'no-detail',
  'too-blurred',
  'moved',
  'hair',
  'glare',
  'ink',
  'lesion-cut',
  'lesion-small',
  'lesion-blurred',
  'no-lesion',
];

const named = (prefix, codes, make) =>
  Object.fromEntries(codes.map((code) => [`${prefix}-${code.replace('/', '-')}`, make(code)]));

const NO_BUTTON = {
  driver: 'onoff',
  state: 'touch-only',
  reason:
    'GPIO line 17 (586 in sysfs) is not permitted: add the kiosk’s user to the group gpio, and pass the devices to a container (EACCES: permission denied, open /sys/class/gpio/export)',
};

const NO_BUTTON_AT_ALL = {
  driver: 'auto',
  state: 'touch-only',
  reason:
    'no button found. input: no input device has one of the button’s keys (found: “HDMI”, “Power Button”): plug it in, or set KIOSK_BUTTON_DEVICE or _KEYS; gpiod: the package node-libgpiod is not installed: see docs/hardware.md; it needs libgpiod 1.x; onoff: this kernel does not offer GPIO in /sys/class/gpio: use gpiod, or gpio-keys with KIOSK_BUTTON=input',
};

const HELD = { driver: 'onoff', state: 'ready', reason: 'GPIO line 17 of pinctrl-rp1', held: true };

export const SCENES = {
  ready: CALM,
  'ready-framed': { ...CALM, framing: { focus: 1.4, glare: 0.8, hair: 0.1 } },
  'ready-blurred': { ...CALM, framing: { reason: 'too-blurred', focus: 0.55 } },
  'ready-no-lesion': { ...CALM, framing: { reason: 'no-lesion', focus: 1.2 } },
  'ready-hair': { ...CALM, framing: { reason: 'hair', focus: 1.2, glare: 0.9, hair: 1.6 } },
  privacy: { ...CALM, idle: true },
  'privacy-camera-lost': {
    ...CALM,
    idle: true,
    camera: {
      state: 'lost',
      driver: 'v4l2',
      simulated: false,
      reason: '/dev/video0: No such file or directory',
    },
  },
  'privacy-storage-full': { ...CALM, idle: true, storage: { state: 'failed', code: 'store/full' } },
  'privacy-touch': { ...CALM, idle: true, button: { driver: 'onoff', state: 'touch-only' } },
  'ready-real': {
    ...CALM,
    camera: { state: 'live', driver: 'libcamera', simulated: false },
    button: { driver: 'onoff', state: 'ready' },
  },
  'touch-only': {
    ...CALM,
    button: NO_BUTTON,
  },
  'touch-only-auto': { ...CALM, button: NO_BUTTON_AT_ALL },
  'button-stuck': {
    ...CALM,
    button: { driver: 'onoff', state: 'stuck', reason: 'GPIO line 17 of pinctrl-rp1' },
  },
  'board-weak': { ...CALM, board: { warnings: ['under-voltage', 'throttled'] } },
  'board-hot-touch-only': { ...CALM, board: { warnings: ['hot'] }, button: NO_BUTTON },
  'camera-starting': { ...CALM, camera: { ...CALM.camera, state: 'starting' } },
  'camera-paused': { ...CALM, camera: { ...CALM.camera, state: 'stopped' } },
  'camera-stalled': {
    ...CALM,
    camera: { ...CALM.camera, simulated: false, state: 'stalled', reason: 'no frame for 2.1 s' },
  },
  'camera-lost': {
    ...CALM,
    camera: {
      state: 'lost',
      driver: 'v4l2',
      simulated: false,
      reason: '/dev/video0: No such file or directory',
    },
  },
  'camera-lost-touch-only': {
    ...CALM,
    camera: {
      state: 'lost',
      driver: 'v4l2',
      simulated: false,
      reason: '/dev/video0: No such file or directory',
    },
    button: NO_BUTTON,
  },
  'camera-stalled-touch-only': {
    ...CALM,
    camera: {
      ...CALM.camera,
      state: 'stalled',
      reason: 'rpicam-vid: no frame for 2.1 s; restart 3, next in 15 s',
    },
    button: NO_BUTTON,
  },
  'model-none-touch-only': {
    ...CALM,
    model: { state: 'none', reason: 'saved_model/saved_model.pb: its hash is not the one in card.json' },
    button: NO_BUTTON,
  },
  'model-loading': { ...CALM, model: { state: 'loading' } },
  'model-none': {
    ...CALM,
    model: { state: 'none', reason: 'saved_model/saved_model.pb: its hash is not the one in card.json' },
  },
  'storage-full': { ...CALM, storage: { state: 'failed', code: 'store/full' } },
  'storage-read-only': { ...CALM, storage: { state: 'failed', code: 'store/read-only' } },
  'patient-ready': { ...CALM, context: CONTEXT },
  'patient-ready-anonymous-lesion': { ...CALM, context: { reference: 'A-10482', lesions: [] } },
  'overview-aiming': { ...CALM, context: CONTEXT, overview: overviewOf('aiming') },
  'overview-fault': {
    ...CALM,
    context: CONTEXT,
    overview: overviewOf('aiming', { fault: 'camera/timeout' }),
  },
  'overview-taking': { ...CALM, context: CONTEXT, overview: overviewOf('taking') },
  'overview-held': { ...CALM, context: CONTEXT, overview: overviewOf('held') },
  'overview-held-always': { ...CALM, context: CONTEXT, overview: overviewOf('held', { consent: false }) },
  'patient-next': { ...CALM, lastPatient: CONTEXT, unassigned: 0 },
  'patient-next-unassigned': {
    ...CALM,
    lastPatient: { reference: 'A-10482', lesions: [] },
    unassigned: 3,
  },
  'patient-result-unassigned': {
    ...withSession(showing({ ...resultOf(MIXES.above), explanation: EXPLANATION })),
    lastPatient: CONTEXT,
    unassigned: 1,
  },
  'patient-contra-flag': { ...CALM, context: flagged('flag') },
  'patient-contra-refuse': { ...CALM, context: flagged('refuse') },
  'patient-capturing': { ...withSession({ state: 'capturing', ...head }), context: CONTEXT },
  'patient-retake': {
    ...withSession({ state: 'retake', reason: 'too-blurred', picture: PICTURE, ...head }),
    context: flagged('flag'),
  },
  'patient-result': {
    ...withSession(showing({ ...resultOf(MIXES.above), explanation: EXPLANATION })),
    context: flagged('flag'),
  },
  // There were earlier visits.
  'patient-result-again': {
    ...withSession(
      showing({
        ...resultOf(MIXES.above),
        explanation: { ...EXPLANATION, hints: { ...HINTS, diameterMm: 7.31 } },
      }),
    ),
    context: CONTEXT,
  },
  'patient-withheld': { ...withSession(withheld('unsure')), context: CONTEXT },
  'patient-fault': {
    ...withSession({ state: 'fault', code: 'inference/died', ...head }),
    context: flagged('flag'),
  },
  capturing: withSession({ state: 'capturing', ...head }),
  checking: withSession({ state: 'checking', ...head }),
  classifying: withSession({ state: 'classifying', ...head }),
  'checking-file': withSession({ state: 'checking', ...file }),
  ...named('retake', GATE_REASONS, (reason) =>
    withSession({ state: 'retake', reason, picture: PICTURE, ...head }),
  ),
  questions: withSession({ state: 'asking', asked: ASKED, ...head }),
  'questions-lesion': {
    ...withSession({ state: 'asking', asked: ASKED.slice(1, 5), ...head }),
    context: CONTEXT,
  },
  'result-contra-found': withSession(
    showing(
      { ...resultOf(MIXES.above), explanation: EXPLANATION },
      { contra: { asked: ASKED, found: ['ulceration', 'too-large'] } },
    ),
  ),
  'result-contra-open': withSession(
    showing(
      { ...resultOf(MIXES.above), explanation: EXPLANATION },
      { contra: { asked: ASKED, found: null } },
    ),
  ),
  opinion: {
    ...withSession({ state: 'opinion', picture: '/api/sessions/x/picture', ...head }),
    context: CONTEXT,
  },
  'result-opinion': withSession(
    showing({ ...resultOf(MIXES.above), explanation: EXPLANATION }, { opinionBefore: 'benign' }),
  ),
  ...Object.fromEntries(
    Object.entries({
      aiming: { step: 'focus', cured: false, state: 'aiming' },
      'aiming-hair': { step: 'hair', cured: false, state: 'aiming' },
      'aiming-gel': { step: 'gel', cured: false, state: 'aiming' },
      'aiming-aim': { step: 'aim', cured: false, state: 'aiming' },
      checking: { step: 'focus', cured: false, state: 'checking' },
      retake: { step: 'focus', cured: false, state: 'retake', reason: 'too-blurred' },
      'retake-aim': { step: 'aim', cured: false, state: 'retake', reason: 'no-lesion' },
      'retake-cured': { step: 'light', cured: true, state: 'retake', reason: 'too-bright' },
      cured: { step: 'hair', cured: true, state: 'aiming' },
      good: { step: 'focus', cured: true, state: 'good' },
      last: { step: 'aim', cured: true, state: 'good' },
      missed: { step: 'hair', cured: false, state: 'good' },
      fault: { step: 'light', cured: false, state: 'fault', code: 'camera/stalled' },
    }).map(([name, practice]) => [`practice-${name}`, { ...CALM, practice }]),
  ),
  'retake-file': withSession({ state: 'retake', reason: 'too-small', picture: PICTURE, ...file }),
  'retake-marked': withSession({ state: 'retake', reason: 'hair', picture: PICTURE, marks: MARKED, ...head }),
  ...Object.fromEntries(
    Object.entries(MIXES).map(([name, probabilities]) => [
      `result-${name}`,
      withSession(showing(resultOf(probabilities))),
    ]),
  ),
  'result-at': withSession(showing({ ...resultOf(MIXES.close), statement: 'at' })),
  // The observed fraction does not agree with the number: it comes first.
  'result-observed-first': withSession(
    showing({ ...resultOf(MIXES.above), observed: observedOf(0.5), explanation: EXPLANATION }),
  ),
  'held-result': { ...withSession(showing(resultOf(MIXES.above))), button: HELD },
  'held-retake': {
    ...withSession({ state: 'retake', reason: 'too-blurred', picture: PICTURE, ...head }),
    button: HELD,
  },
  'held-fault': { ...withSession({ state: 'fault', code: 'inference/died', ...head }), button: HELD },
  'result-explained': withSession(showing({ ...resultOf(MIXES.above), explanation: EXPLANATION })),
  'result-explained-size': withSession(
    showing({
      ...resultOf(MIXES.below),
      explanation: { ...EXPLANATION, hints: { ...HINTS, diameterMm: 6.48 } },
    }),
  ),
  'result-outline-only': withSession(
    showing({ ...resultOf(MIXES.close), explanation: { outline: OUTLINE, hints: HINTS } }),
  ),
  'result-ask': withSession(
    showing({ ...resultOf(MIXES.above), explanation: EXPLANATION }, { keeping: { kept: false, days: 30 } }),
  ),
  'result-ask-kept': withSession(showing(resultOf(MIXES.below), { keeping: { kept: true, days: 30 } })),
  'withheld-ask': withSession(
    showing({ outcome: 'withheld', reason: 'unsure', model: MODEL }, { keeping: { kept: false, days: 30 } }),
  ),
  'result-file': withSession(showing(resultOf(MIXES.above), { source: 'upload' })),
  'result-accepted': withSession(showing(resultOf(MIXES.below), { disposition: 'accepted' })),
  'result-picture-gone': withSession(showing(resultOf(MIXES.below), { picture: '/api/gone' })),
  'withheld-unsure': withSession(withheld('unsure')),
  'withheld-not-finite': withSession(withheld('not-finite')),
  'withheld-unlike-training': withSession(
    showing({
      outcome: 'withheld',
      reason: 'unlike-training',
      explanation: { outline: OUTLINE },
      model: MODEL,
    }),
  ),
  'withheld-file': withSession(
    showing({ outcome: 'withheld', reason: 'unlike-training', model: MODEL }, { source: 'upload' }),
  ),
  ...Object.fromEntries(
    Object.entries({
      result: showing({
        ...resultOf(MIXES.above),
        explanation: { ...EXPLANATION, hints: { ...HINTS, diameterMm: 6.48 } },
      }),
      withheld: withheld('unlike-training'),
      retake: { state: 'retake', reason: 'too-blurred', picture: PICTURE, ...head },
      fault: { state: 'fault', code: 'inference/died', ...head },
    }).map(([name, session]) => [
      `board-weak-${name}`,
      { ...withSession(session), board: { warnings: ['under-voltage', 'throttled'] } },
    ]),
  ),
  ...named('fault', FAULT_CODES, (code) => withSession({ state: 'fault', code, ...head })),
  'fault-model-restarting': {
    ...withSession({ state: 'fault', code: 'inference/died', ...head }),
    model: { state: 'loading' },
  },
  'retake-without-camera': {
    ...withSession({ state: 'retake', reason: 'moved', picture: PICTURE, ...head }),
    camera: { ...CALM.camera, state: 'lost', reason: '/dev/video0: No such file or directory' },
  },
  ...named('fault', FILE_FAULT_CODES, (code) => withSession({ state: 'fault', code, ...file })),
};

const OUTCOMES = [
  { outcome: 'result', mix: 'above', disposition: 'accepted' },
  { outcome: 'retake', reason: 'moved' },
  { outcome: 'result', mix: 'below', disposition: 'unreviewed' },
  { outcome: 'withheld', reason: 'unsure' },
  { outcome: 'result', mix: 'close', disposition: 'discarded' },
  { outcome: 'fault', reason: 'inference/died' },
  { outcome: 'aborted' },
  { outcome: 'result', mix: 'tiny', disposition: 'unreviewed', source: 'upload' },
];

/** Four in five sessions have a patient, most of these a lesion. */
function contextAt(i) {
  if (i % 5 === 1) return {};
  const reference = `A-${10_482 - 37 * (i % 4)}`;
  const site = ['abdomen-left', 'nape', 'shin-right', 'chest-left'][i % 4];
  const lesion = { id: `lesion-${i % 4}`, site, label: String(1 + (i % 3)), contraIndications: [] };
  return { context: { patient: `patient-${i % 4}`, reference, ...(i % 7 !== 2 && { lesion }) } };
}

/** A log of `count` sessions, newest first. */
export function logOf(count) {
  return Array.from({ length: count }, (_, i) => {
    const number = count - i;
    const { mix: name, ...outcome } = OUTCOMES[i % OUTCOMES.length];
    const summary = {
      id: `session-${number}`,
      number,
      source: 'camera',
      openedAt: new Date(Date.UTC(2026, 4, 12, 9, 0, number * 47)).toISOString(),
      disposition: 'unreviewed',
      ...outcome,
    };
    Object.assign(summary, contextAt(i), summary.outcome === 'result' && i % 3 === 0 && { pictured: true });
    if (name === undefined) return summary;
    const { malignancy, threshold, statement } = resultOf(MIXES[name]);
    return { ...summary, malignancy, threshold, statement, probabilities: MIXES[name] };
  });
}

/** Whether a session is in the tab of the log, of the patient, and what was searched for; other filters find everything. */
export function isFound({ number, context, outcome, statement, histology }, query) {
  const captured = outcome === 'result' || outcome === 'withheld';
  const [reference, worklist, search] = ['reference', 'worklist', 'search'].map((name) => query.get(name));
  return (
    (query.get('patient') !== 'none' || (captured && context === undefined)) &&
    (reference === null || context?.reference === reference) &&
    (worklist !== 'histology-pending' || (statement === 'above' && histology === undefined)) &&
    (worklist !== 'due' || (captured && context?.lesion !== undefined)) &&
    (search === null || String(number) === search || (context?.reference ?? '').includes(search))
  );
}

/** Synthetic, for the requested days, or for 200. */
export function statisticsOf(query) {
  const to = Date.parse(query.get('to') ?? new Date().toISOString().slice(0, 10));
  const from = query.has('from') ? Date.parse(query.get('from')) : to - 199 * 86_400_000;
  const days = [];
  for (let at = from; at <= to; at += 86_400_000) {
    const date = new Date(at);
    const sessions = date.getUTCDay() % 6 === 0 ? 0 : 22 + Math.round(14 * Math.sin(at / 3e8));
    const [withheld, retake, fault] = [0.1, 0.16, 0.03].map((share) => Math.round(share * sessions));
    const result = sessions - withheld - retake - fault;
    if (sessions > 0)
      days.push({
        day: date.toISOString().slice(0, 10),
        outcomes: { result, withheld, retake, fault, aborted: 0 },
      });
  }
  const sum = (outcome) => days.reduce((total, { outcomes }) => total + outcomes[outcome], 0);
  const names = ['result', 'withheld', 'retake', 'fault', 'aborted'];
  const outcomes = Object.fromEntries(names.map((name) => [name, sum(name)]));
  return {
    sessions: Object.values(outcomes).reduce((a, b) => a + b, 0),
    outcomes,
    days,
    verdicts: { agree: 1412, disagree: 131, unsure: 64 },
    blind: {
      ...{ asked: 214, opinions: { benign: 131, malignant: 58, unsure: 19, none: 6 } },
      agreement: { count: 161, of: 189, figure: figureOf(0.8519, 0.7942, 0.8955) },
      changed: { count: 17, of: 172, figure: figureOf(0.0988, 0.0626, 0.1527) },
      followed: 12,
    },
    agreement: { count: 1412, of: 1543, figure: figureOf(0.9151, 0.9001, 0.928) },
    histology: {
      above: { malignant: 41, benign: 9 },
      below: { malignant: 2, benign: 6 },
      withheld: { malignant: 3, benign: 4 },
    },
    sensitivity: { count: 41, of: 43, figure: figureOf(0.9535, 0.8456, 0.9871) },
    specificity: { count: 6, of: 15 },
  };
}

export function detailOf(summary) {
  const measured = ['result', 'withheld'].includes(summary.outcome);
  const row = (sequence, kind, body) => ({
    sequence: 900 + sequence,
    at: summary.openedAt,
    kind,
    body,
    hash: `${sequence}9f3c`.repeat(13).slice(0, 64),
  });
  return {
    ...summary,
    ...(summary.number === 23 && {
      kept: { keptAt: summary.openedAt, due: '2026-06-11T09:18:00.000Z', mask: true },
      rescored: {
        ...{ outcome: 'withheld', reason: 'unsure', at: '2026-05-30T08:00:00.000Z' },
        model: { ...MODEL, version: '0.9.0', sha256: '9c'.repeat(32) },
      },
    }),
    ...(measured && { model: MODEL, pictureSha256: '5d'.repeat(32), lesion: LESION }),
    ...(summary.outcome === 'result' && { hints: { ...HINTS, diameterMm: 6.48 } }),
    ...((measured || summary.outcome === 'retake') && {
      quality: {
        width: 640,
        height: 480,
        brightness: 0.6123,
        contrast: 0.1844,
        darkShare: 0.0021,
        brightShare: 0.0104,
        focus: 0.0382,
        detail: 0.1127,
        ...(summary.outcome === 'retake' && { motion: 0.0533 }),
      },
      timings: {
        assess: 220.1,
        'assess.burstDecode': 50,
        'assess.quality': 119,
        capture: 150,
        classify: 27,
        'classify.decode': 5.84,
        'classify.network': 10.6,
        'classify.prepare': 4.27,
        'classify.verdict': 0.412,
        'classify.explain': 2.91,
        store: 6.1,
        total: 410,
      },
    }),
    assessments: [],
    journal: [
      row(1, 'session/opened', { source: summary.source }),
      row(2, 'session/closed', {
        outcome: summary.outcome,
        malignancy: summary.malignancy ?? null,
        model: MODEL,
        pictureSha256: '5d'.repeat(32),
      }),
      row(3, 'session/disposition', { disposition: summary.disposition }),
      row(4, 'press/ignored', { state: 'classifying' }),
      row(5, 'camera/lost', { driver: 'phantom' }),
    ],
  };
}

/** Like the card of a bundle that has everything a card can have. */
const ON_FOLD = 'HAM10000 fold 4: 2004 pictures of 1490 lesions';
const figureOf = (value, low, high) => ({ value, ...(low !== undefined && { low, high }) });
const pointOf = (name, threshold, sensitivity, specificity, inUse = false) => ({
  ...{ name, threshold, default: inUse },
  sensitivity: figureOf(...sensitivity),
  specificity: figureOf(...specificity),
});

export const ABOUT = {
  program: { version: '0.1.0', licence: 'Apache-2.0', node: 'v20.20.0' },
  model: {
    ...MODEL,
    engineReason: 'KIOSK_ENGINE=auto prefers tfjs-node, and it passed the self-test.',
    licence:
      'Research use only. The weights were trained on HAM10000 pictures, CC BY-NC 4.0: non-commercial, name the source (P. Tschandl, C. Rosendahl, H. Kittler, Scientific Data 5:180161, 2018).',
    trainedOn:
      'HAM10000 (CC BY-NC 4.0), folds 0–3, split by lesion, classes balanced by oversampling; fold 4 was not trained on: it set the temperature and the thresholds, and the figures are measured on it.',
    limits: [
      'A low number does not rule out cancer: a confident miss is the commonest melanoma error.',
      'It sees 28 × 28 pixels and is not a good classifier. A network of this kind had a malignancy AUC of about 0.63 on melanomas of another clinic.',
      'Temperature and thresholds were set on the pictures that the figures are measured on, so those figures flatter a little; the balanced accuracy, accuracy and AUC do not depend on the thresholds.',
      'It was trained with all classes equally frequent and overstates the rare ones, malignant ones among them: the number is a score for the threshold rather than a probability, as the calibration error shows.',
      'Seven pigmented classes, mostly fair skin from Vienna and Queensland, without labels of skin tone: not validated on dark skin. Models of this kind fell from an AUC of 0.72 (phototypes I–II) to 0.57 (V–VI).',
      'No amelanotic, nail, mucosal or paediatric lesions.',
    ],
    confounders: [
      'Hair across the lesion can hide its border, or be taken for its structure.',
      'Ink: skin markings have made networks of this kind call naevi malignant (J. K. Winkler et al., JAMA Dermatology 155, 2019).',
      'Rulers and scale bars say how the picture was taken and nothing of the lesion, and can move the number all the same.',
      'Gel bubbles and reflections can look like structures of the lesion.',
      'A vignette, the dark rim of the dermatoscope’s field, can be taken for pigment.',
      'By how much each of them moves this model’s figures was not measured.',
    ],
    thresholdsSet: '2026-11-24T21:49:46Z',
    intendedUse:
      'Research. An adjunct for a trained clinician, for a lesion already judged suspicious. Not for screening, not a diagnosis.',
    created: '2026-11-24T21:49:46Z',
    operatingPoints: [
      pointOf('sensitivity 0.90', 0.0774, [0.9487, 0.9024, 0.9873], [0.6055, 0.5502, 0.6535]),
      pointOf('sensitivity 0.95', 0.0329, [0.9872, 0.9577, 1], [0.5119, 0.4558, 0.5674], true),
      pointOf('sensitivity 0.98', 0.0271, [1, 1, 1], [0.2318, 0.1891, 0.2755]),
    ],
    predictive: [
      [0.02, [0.0396, 0.0347, 0.0451], [0.9995, 0.9981, 0.9999]],
      [0.05, [0.0962, 0.0848, 0.1085], [0.9987, 0.9951, 0.9999]],
      [0.1, [0.1835, 0.1636, 0.2044], [0.9972, 0.9898, 0.9999]],
      [0.2, [0.3359, 0.3056, 0.3663], [0.9938, 0.9773, 0.9999]],
      [0.4, [0.5742, 0.5399, 0.6066], [0.9836, 0.9418, 0.9999]],
    ].map(([prevalence, positive, negative]) => ({
      prevalence,
      positive: figureOf(...positive),
      negative: figureOf(...negative),
    })),
    measured: [
      ['balanced accuracy', ON_FOLD, 0.742, 0.701, 0.783],
      ['malignancy AUC', ON_FOLD, 0.941, 0.928, 0.953],
      ['calibration error of malignancy (15 equal-mass bins)', ON_FOLD, 0.031, 0.024, 0.041],
      ['sensitivity at the referral threshold', ON_FOLD, 0.962, 0.951, 0.975],
      ['specificity at the referral threshold', ON_FOLD, 0.712, 0.689, 0.736],
      ['lesion mask, mean Dice per picture', ON_FOLD, 0.938, 0.935, 0.941],
      ['malignancy AUC', 'HAM10000 fold 4, site lower extremity: 421 pictures', 0.931, 0.902, 0.955],
      ['not-a-lesion pictures refused', 'plain skin, noise, text, screens: 400 pictures', 0.971],
    ].map(([name, on, ...figure]) => ({ name, on, ...figureOf(...figure) })),
    rules: Object.entries({
      Input: '192 × 192 pixels of the centre square',
      Preprocessing: 'version 1, by area to 192 pixels',
      'Views averaged': '4',
      Temperature: '0.519',
      'Class bias':
        'akiec -0.8801, bcc -0.7434, bkl -0.5907, df -1.1035, mel -0.5637, nv -0.0918, vasc -1.0423',
      Malignancy: 'slope 0.7209, intercept -0.1617',
      'No lesion': 'evidence below 0.9335 or share below 0.0256',
      'Unlike training': 'distance above 3536.4 (64 components)',
      Unsure: 'no class, or more than 2 and all benign, at 0.0336 or above (coverage 0.95)',
      'Deciles of malignancy': `0.0181, 0.0273, 0.0385, 0.0504, 0.0774, 0.1331, 0.2187, 0.3731, 0.5745 (${ON_FOLD})`,
      'Withheld in the reference set': '0.0798',
      'Rejected by the quality gate in the reference set': '0.0131',
    }).map(([name, value]) => ({ name, value })),
    files: {
      'likeness.bin': '06aa2a44feb441c8'.repeat(4),
      'model.onnx': '8d721a3d90964923'.repeat(4),
      'saved_model/saved_model.pb': '2c776732c60ab0b2'.repeat(4),
      'self-test.json': '95e066c6ce441cab'.repeat(4),
    },
  },
  view: { camera: CALM.camera, button: NO_BUTTON_AT_ALL, model: CALM.model },
};

const entryOf = (setting, value, choices, more = {}) => ({
  ...{ setting, value, default: value, by: 'default', choices },
  variable: `KIOSK_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`,
  ...more,
});

/** An unlocked screen, with the longest texts. */
export const UNLOCKED = {
  entries: [
    entryOf(
      'operatingPoint',
      'sensitivity 0.95',
      ABOUT.model.operatingPoints.map(({ name }) => name),
    ),
    entryOf('gateFocus', 0.27, [0.26, 0.27, 0.28]),
    entryOf('gateDark', 0.2, [0.19, 0.2, 0.21], { value: 0.19, by: 'screen' }),
    entryOf('gateHair', 0.05, [0.04, 0.05, 0.06]),
    entryOf('gateGlare', 0.006, [0.005, 0.006]),
    entryOf('gateInk', 0.05, [0.05], { by: 'environment' }),
    entryOf('language', 'en', ['en', 'de', 'es', 'fr', 'pt']),
    entryOf('sound', true, [true, false]),
    entryOf('brightness', 100, [90, 100]),
    entryOf('theme', 'dark', ['dark', 'light', 'by-time'], { value: 'by-time', by: 'screen' }),
    entryOf('textSize', 'normal', ['normal', 'large']),
    entryOf('autoCapture', false, [true, false]),
    entryOf('askNextPatient', true, [true, false]),
    entryOf('idleSeconds', 180, [120, 180, 300], { value: 120, by: 'screen' }),
    entryOf('retention', 'ask', ['off', 'ask', 'always'], { by: 'screen' }),
    entryOf('retentionDays', 30, [14, 30, 60]),
    entryOf('camera', 'v4l2', ['phantom', 'auto', 'libcamera', 'v4l2'], { by: 'environment' }),
    entryOf('button', 'auto', ['virtual', 'auto', 'input', 'gpiod', 'onoff'], { by: 'screen' }),
  ],
  operatingPoints: ABOUT.model.operatingPoints,
  dims: 'picture',
};

const checkOf = (id, title, state, found, cure, cureCode) => ({
  ...{ id, title, state, found },
  ...(cure && { cure, cureCode }),
});

/** A kiosk with low voltage and without permission for its button: the longest findings. */
export const SELF_TEST = {
  at: '2026-11-24T21:49:46.000Z',
  checks: [
    checkOf(
      'camera',
      'Camera',
      'ok',
      'phantom (simulated): 19.8 frames per second of 20; exposure not reported',
    ),
    checkOf(
      'picture',
      'Image',
      'warning',
      'Too blurred. 960 × 720; brightness 0.68, contrast 0.12, focus 0.21',
      'Hold still, bring the lesion into focus and press again.',
      'too-blurred',
    ),
    checkOf(
      'colour',
      'Colour',
      'unknown',
      'red 1.33, blue 0.94 of green; not calibrated',
      'Calibrate the camera with a white card.',
      'not-calibrated',
    ),
    checkOf(
      'button',
      'Button',
      'failed',
      NO_BUTTON_AT_ALL.reason,
      'Until then, use the on-screen button.',
      'button-missing',
    ),
    checkOf('lamp', 'Lamp', 'ok', 'GPIO line 27 of pinctrl-rp1 by gpiod'),
    checkOf(
      'model',
      'Model',
      'ok',
      'lesion-pair 0.1.0 (5b1f0c2a7d94) on onnxruntime: tfjs-node is not here: its native library is missing; bundle /usr/lib/kiosk/model/bundles/lesion-pair',
    ),
    checkOf(
      'engine',
      'Engine',
      'ok',
      'onnxruntime: self-test of 5 vectors: largest difference 3.6e-6, tolerance 0.001',
    ),
    checkOf('disk', 'Disk', 'ok', '21.4 GB of 29.8 GB free; database writable'),
    checkOf('memory', 'Memory', 'ok', '1.9 GB of 4.0 GB available; the kiosk itself uses 85 MB'),
    checkOf(
      'clock',
      'Clock',
      'warning',
      '2026-11-24 21:49:46 UTC, not synchronised: it may be wrong',
      'Connect the board to a time source, or fit a clock battery.',
      'clock-unset',
    ),
    checkOf(
      'power',
      'Power',
      'warning',
      'under-voltage: not now, but since boot; throttled: not now, but since boot',
      'Use the board’s original power supply and a short, thick cable.',
      'under-voltage',
    ),
    checkOf('heat', 'Temperature', 'ok', '61 °C; firmware temperature limit reached: no'),
    checkOf('board', 'Board', 'ok', 'Raspberry Pi 4 Model B Rev 1.5'),
    checkOf(
      'versions',
      'Versions',
      'ok',
      'dermoscopy-kiosk 0.1.0, Node v22.23.1, Linux 6.12.25+rpt-rpi-v8 arm64',
    ),
  ],
};

const DRIVE_NAMES = ['IMG_20261126_101502.jpg', 'lesion.png', 'Läsion Unterarm links, zweite Kontrolle.jpg'];

/** A page of the images on a USB drive. */
export function drivePage(from) {
  const files = Array.from({ length: 11 }, (_, file) => ({
    file,
    name: DRIVE_NAMES[file % 3],
    folder: file % 2 === 0 ? '' : 'DCIM/100MEDIA',
    bytes: 830_000 + file * 412_000,
    modifiedAt: new Date(Date.UTC(2026, 10, 26, 12) - file * 86_400_000).toISOString(),
  }));
  const page = files.slice(from, from + 8);
  return { listing: 'mock', files: page, ...(from + 8 < files.length && { next: from + 8 }) };
}
