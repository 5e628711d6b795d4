// The long proofs: what each shows, how it is run, and what it depends on. `npm run prove -- --list` lists them with their state; for the
// reasons see docs/decisions/0017-proofs.md.

/**
 * @typedef {object} Proof
 * @property {string} name
 * @property {string} shows in one line
 * @property {readonly string[]} steps commands without quoting, run in order; after an interruption those that passed are not repeated
 * @property {Readonly<Record<string, string>>} [env] environment variables of the commands
 * @property {number} minutes on two idle cores, all steps together
 * @property {string} [resumes] how a step of more than an hour resumes after an interruption
 * @property {boolean} [ci] whether CI can run it
 * @property {boolean} [root] whether it must run as root
 * @property {readonly string[]} [packages] Debian packages that it needs
 * @property {readonly string[]} entries code that runs; everything it imports counts
 * @property {readonly string[]} [commands] the `kiosk` commands that are run; all unless given
 * @property {readonly string[]} [files] other files and folders
 * @property {readonly string[]} [portable] files and folders of code that behaves alike wherever it runs: its imports count, its text does not
 * @property {Readonly<Record<string, string>>} [unused] what the code refers to and this proof does not use, each with the reason
 * @property {readonly string[]} [outside] folders outside the repository, which not every machine has
 */

/** Pins the library of TensorFlow that is installed with tfjs-node. */
const TFJS_NODE = 'scripts/native/plan.mjs';

/**
 * Code without a device file or a program of the board, which behaves alike on every processor: a change in it does not make the proofs on
 * ARM64 stale. Every run of the tests and the proofs on x86-64 cover it. Native packages count by their version, wherever they are imported.
 */
const PORTABLE = [
  'src/app/about.ts',
  'src/app/app.ts',
  'src/app/apply-setting.ts',
  'src/app/factories.ts',
  'src/app/practising.ts',
  'src/classifier/client',
  'src/classifier/decision',
  'src/classifier/model',
  'src/classifier/process',
  'src/config',
  'src/drive',
  'src/follow-up',
  'src/framing',
  'src/lamp/patterns.ts',
  'src/lib',
  'src/operators',
  'src/overview',
  'src/patient',
  'src/practice',
  'src/protocol',
  'src/reports',
  'src/retention',
  'src/server',
  'src/session',
  'src/settings',
  'src/store',
  'src/vision',
];

const BOARD = {
  portable: PORTABLE,
  packages: ['qemu-system-arm', 'g++-aarch64-linux-gnu', 'e2fsprogs'],
  commands: ['start', 'verify'],
  files: ['model/bundles', 'test/board/guest', 'test/board/build/records'],
};

const IMAGE = {
  root: true,
  entries: [
    'bin/build.js',
    'bin/kiosk.js',
    'docker/health.mjs',
    'scripts/pinned-node.mjs',
    'scripts/prune-modules.mjs',
    'scripts/stage-native.mjs',
    'scripts/third-party.mjs',
    'test/image/steps.mjs',
    'test/board/guest/vectors.mjs',
  ],
  commands: ['start', 'verify'],
  files: [
    '.dockerignore',
    'docker-compose.yml',
    'docker/compile',
    'docker/modules',
    'docker/install',
    'docker/packages',
    'model/bundles',
    'test/image/try',
  ],
};

/** @type {readonly Proof[]} */
export const PROOFS = [
  {
    name: 'training',
    shows: 'a miniature of the training makes a bundle whose figures the kiosk finds again with both engines',
    steps: ['model/training/run --install', 'npm run -s test:proofs -- test/proofs/training.test.ts'],
    minutes: 5,
    ci: true,
    packages: ['python3-venv'],
    entries: [
      'test/proofs/training.test.ts',
      'vitest.proofs.config.ts',
      TFJS_NODE,
      'model/training/gate_rate.mjs',
      'src/camera/programs/phantom/main.ts',
    ],
    commands: ['evaluate'],
    files: [
      'model/training/run',
      'model/training/requirements.txt',
      'model/training/*.py',
      'model/training/lesion/*.py',
      'model/bundles/lesion-pair',
      'test/fixtures/geometry',
    ],
    unused: {
      'model/bundles':
        'it makes its own bundle; masks are predicted and trainings started with lesion-pair alone',
    },
  },
  {
    name: 'api',
    shows:
      'every HTTP route answers what its contract allows and forbids as docs/api says, tried by schemathesis',
    steps: ['test/api/schemathesis --install', 'npm run -s test:proofs -- test/proofs/api.test.ts'],
    minutes: 1,
    ci: true,
    packages: ['python3-venv'],
    entries: ['test/proofs/api.test.ts', 'test/support/unlimited-kiosk.mjs', 'vitest.proofs.config.ts'],
    commands: ['start'],
    files: ['docs/api/openapi.json', 'model/bundles/seed-cnn', 'test/api'],
  },
  {
    name: 'node24',
    shows: 'the unit, contract and press-to-result tests on Node 24, the second that is supported',
    steps: ['test/node24/try'],
    minutes: 8,
    ci: true,
    // The program, the packages and Node itself; the tests run on the pinned Node every time, and need not count here.
    entries: ['bin/kiosk.js', 'bin/build.js', 'scripts/stage-native.mjs', 'scripts/pinned-node.mjs'],
    files: [
      'package-lock.json',
      'scripts/pinned-node.json',
      'scripts/with-node',
      'test/node24',
      'model/bundles',
    ],
  },
  {
    name: 'install',
    shows: 'the installation in each of the circumstances of docs/install.md',
    steps: ['test/install/try'],
    minutes: 15,
    ci: true,
    root: true,
    // Other proofs and the tests run the program; here it only has to start, whatever its texts say.
    portable: ['src/protocol'],
    entries: ['bin/kiosk.js', 'bin/build.js', 'scripts/stage-native.mjs', 'scripts/pinned-node.mjs'],
    commands: [],
    files: ['package-lock.json', 'scripts/pinned-node.json', 'test/install'],
    unused: { 'model/bundles': 'only seed-cnn is loaded, and other proofs count it' },
  },
  {
    name: 'soak',
    // Fewer presses give too few samples for a slope (MIN_SAMPLES in bench/soak.mjs).
    shows: '3,000 presses as fast as the kiosk accepts them: none lost, memory and tensors flat',
    steps: ['npm run -s soak -- 3000 tfjs-node'],
    minutes: 7,
    ci: true,
    entries: ['bench/soak.mjs', TFJS_NODE],
    commands: ['start', 'verify'],
    files: ['model/bundles/lesion-pair'],
  },
  {
    name: 'ham10000',
    shows: 'every image of HAM10000 through `kiosk classify`, with memory flat',
    steps: ['npm run -s test:proofs -- test/proofs/ham10000.test.ts'],
    minutes: 8,
    ci: true,
    entries: ['test/proofs/ham10000.test.ts', 'vitest.proofs.config.ts'],
    commands: ['classify'],
    files: ['model/bundles/lesion-pair'],
    outside: ['../shared/ham10000/images'],
  },
  {
    name: 'board-package',
    shows: 'the arm64 Debian package on an emulated board: installed, pressed, hung, removed, purged',
    steps: ['npm run -s test:board'],
    env: { KIOSK_BOARD_RUN: 'reduced' },
    minutes: 15,
    ci: true,
    ...BOARD,
    entries: [
      'scripts/deb.mjs',
      'test/board/package.test.ts',
      'test/board/guest/block.mjs',
      'test/board/setup.ts',
      'vitest.board.config.ts',
    ],
    files: [...BOARD.files, 'packaging/debian', 'systemd'],
  },
  {
    name: 'board',
    shows: 'the kiosk on an emulated ARM64 board with every driver and both engines',
    steps: ['npm run -s test:board'],
    env: { KIOSK_BOARD_RUN: 'unpackaged' },
    minutes: 20,
    ...BOARD,
    entries: ['test/board/board.test.ts', 'test/board/setup.ts', 'vitest.board.config.ts'],
  },
  {
    name: 'debian-package',
    shows: 'the Debian package in a Debian 13 that boots: installed, pressed, upgraded, removed, purged',
    steps: ['npm run -s test:deb'],
    minutes: 3,
    root: true,
    packages: ['mmdebstrap', 'systemd-container'],
    entries: ['bin/kiosk.js', 'scripts/deb.mjs'],
    commands: ['start', 'verify', 'backup'],
    files: [
      'model/bundles',
      'packaging/debian',
      'systemd',
      'test/deb/try',
      'test/deb/package-steps',
      'test/board/build/records',
    ],
  },
  {
    name: 'image-amd64',
    shows: 'the container image for x86-64: built, a press, the self-test’s vectors, a clean stop',
    steps: ['npm run -s test:image -- amd64'],
    minutes: 8,
    packages: ['mmdebstrap', 'podman', 'crun'],
    ...IMAGE,
    files: [...IMAGE.files, 'Dockerfile'],
  },
  {
    name: 'image-arm64',
    shows: 'the same of the image for 64-bit ARM boards, on an emulated processor',
    steps: ['npm run -s test:image -- arm64'],
    minutes: 45,
    resumes: 'podman keeps the bases and the layers that are built',
    packages: ['mmdebstrap', 'podman', 'crun', 'qemu-user-static', 'arch-test'],
    ...IMAGE,
    portable: PORTABLE,
    files: [...IMAGE.files, 'Dockerfile.arm64'],
  },
];

/** By file, the targets of imports and paths that are computed, and so cannot be resolved by reading the code. */
export const FOLLOWED = {
  // Paths below the repository's root: the sources and the compilers, which the lock file pins.
  'bin/build.js': [],
  // The URL of the compiled program, which is resolved.
  'bin/kiosk.js': [],
  // node-libgpiod, whose version docker/modules and test/board/build/addons.mjs pin.
  'src/gpio/drivers/gpiod.ts': [],
  // The manifest of tfjs-node, whose version is in the lock file.
  'scripts/native/binding.mjs': [],
  // The package that its argument names, whose version is in the lock file.
  'scripts/native/check-binding.mjs': [],
  // Paths below the repository's root.
  'scripts/native/stage.mjs': [],
  // Its own path; the URL of its pins is resolved.
  'scripts/pinned-node.mjs': [],
  'test/board/build.mjs': ['bin/kiosk.js'],
  'test/board/guest/vectors.mjs': [
    'src/classifier/model/bundle.ts',
    'src/classifier/model/calibration.ts',
    'src/classifier/engines/*.ts',
  ],
};

/** What the code refers to and no proof uses, each with the reason. */
export const UNUSED = {
  '.': 'the repository itself: proofs declare what they use of it',
  'package.json': 'only its version is read; packages are in the lock file, scripts in the command',
  'dist/kiosk-ui': 'the screen: no proof opens it, the end-to-end tests do',
};
