/**
 * The modules of src/ and kiosk-ui/src, and what each may import besides itself: whole modules, or single files of one. Arrows go down only.
 * A folder that is not listed is refused, and so is a file in the root of src/ or kiosk-ui/src that is not an entry.
 *
 * Why this tool and not ESLint: one table serves both trees, it sees type-only imports and cycles, and it knows which file a specifier
 * resolves to (docs/decisions/0018-module-rules.md).
 */
const SERVICE = {
  protocol: [],
  lib: [],
  config: ['lib'],
  gpio: ['lib'],
  camera: ['lib'],
  vision: ['lib'],
  backlight: ['lib'],
  drive: ['lib'],
  store: ['lib'],
  classifier: ['vision', 'lib'],
  lamp: ['gpio/port.ts', 'lib'],
  retention: ['store/port.ts', 'lib'],
  settings: ['config', 'store/best-effort.ts', 'store/port.ts', 'lib'],
  operators: ['settings/pin.ts', 'store/best-effort.ts', 'store/port.ts', 'lib'],
  session: [
    'camera/port.ts',
    'camera/burst.ts',
    'classifier/port.ts',
    'classifier/decision/verdict.ts',
    'retention/port.ts',
    'store/best-effort.ts',
    'store/port.ts',
    'lib',
  ],
  patient: ['session/port.ts', 'store/best-effort.ts', 'store/port.ts', 'lib'],
  practice: [
    'camera/port.ts',
    'camera/burst.ts',
    'classifier/port.ts',
    'retention/port.ts',
    'session/port.ts',
    'lib',
  ],
  framing: ['camera/port.ts', 'classifier/port.ts', 'session/port.ts', 'lib'],
  overview: [
    'camera/port.ts',
    'camera/burst.ts',
    'classifier/port.ts',
    'retention/port.ts',
    'session/port.ts',
    'store/best-effort.ts',
    'store/port.ts',
    'lib',
  ],
  board: ['session/port.ts', 'store/best-effort.ts', 'store/port.ts', 'lib'],
  host: ['config/load.ts', 'session/port.ts', 'store/port.ts', 'lib'],
  button: [
    'config/schema.ts',
    'gpio/port.ts',
    'session/port.ts',
    'store/best-effort.ts',
    'store/port.ts',
    'lib',
  ],
  'follow-up': [
    'classifier/port.ts',
    'retention/port.ts',
    'session/port.ts',
    'store/port.ts',
    'vision',
    'lib',
  ],
  'reports/evaluation': ['lib'],
  'reports/model-card': [
    'classifier/model/card.ts',
    'classifier/model/card-summary.ts',
    'classifier/decision/predictive.ts',
    'classifier/decision/reliability.ts',
    'lib',
  ],
  'reports/sessions': ['store/port.ts', 'lib'],
  diagnostics: [
    'board/port.ts',
    'board/warnings.ts',
    'button/button-test.ts',
    'camera/port.ts',
    'classifier/port.ts',
    'classifier/model/self-test.ts',
    'config/schema.ts',
    'config/camera-calibration.ts',
    'lamp/port.ts',
    'store/port.ts',
    'lib',
  ],
  server: [
    'camera/port.ts',
    'classifier/port.ts',
    'diagnostics/port.ts',
    'drive/port.ts',
    'follow-up/history.ts',
    'operators/port.ts',
    'overview/port.ts',
    'practice/port.ts',
    'reports/sessions',
    'retention/port.ts',
    'session/port.ts',
    'settings/port.ts',
    'store/port.ts',
    'store/filter.ts',
    'lib',
  ],
  // Wires everything; it alone chooses drivers.
  app: ['*'],
  cli: ['*'],
};

/** Programs of their own inside a module: they may import more than the module does. */
const PROGRAMS = {
  'camera/programs': ['camera', 'vision', 'lib'],
  'practice/program': ['camera/programs', 'vision', 'lib'],
};

const SCREEN = {
  state: [],
  i18n: ['state'],
  format: ['i18n', 'state'],
  connection: ['format', 'i18n', 'state'],
  feedback: ['state'],
  input: ['connection', 'i18n', 'state'],
  components: ['connection', 'format', 'i18n', 'input', 'state'],
  screens: ['components', 'connection', 'format', 'i18n', 'input', 'state'],
};

/** Each package with native code, a server, a log or a parser in it, and the one file of src/ that may import it. */
const ONE_FILE = {
  '@tensorflow/tfjs-node': 'classifier/engines/tfjs-node.ts',
  'better-sqlite3': 'store/open-database.ts',
  'cli-progress': 'cli/progress.ts',
  'csv-parse': 'reports/evaluation/labels.ts',
  fastify: 'server/http.ts',
  'node-libcamera': 'camera/programs/still/main.ts',
  'onnxruntime-node': 'classifier/engines/onnxruntime.ts',
  onoff: 'gpio/drivers/onoff.ts',
  pino: 'lib/logger.ts',
  sharp: 'vision/jpeg.ts',
  'socket.io': 'server/socket.ts',
};

/** Who may load a driver, by dynamic import; a driver may import another file of its folder. */
const LOADS_DRIVERS = '^src/(app/(camera-)?drivers|button/button-service|classifier/process/load)\\.ts$';

const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const folder = (root, module) => `^${root}/${escaped(module)}/`;
const target = (root, path) => (path.endsWith('.ts') ? `^${root}/${escaped(path)}$` : folder(root, path));

const rule = (root, module, allowed, { shared, inner = [] }) => ({
  name: `${root === 'src' ? '' : 'screen-'}${module.replaceAll('/', '-')}`,
  comment: `${root}/${module} may import only ${['itself', ...shared, ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: folder(root, module), ...(inner.length === 0 ? {} : { pathNot: inner }) },
  to: {
    path: ['^src/', '^kiosk-ui/'],
    pathNot: [folder(root, module), ...shared, ...allowed.map((path) => target(root, path))],
  },
});

const service = Object.entries({ ...SERVICE, ...PROGRAMS })
  .filter(([, allowed]) => !allowed.includes('*'))
  .map(([module, allowed]) => {
    const inner = Object.keys(PROGRAMS)
      .filter((program) => program !== module && program.startsWith(`${module}/`))
      .map((program) => folder('src', program));
    return rule('src', module, allowed, { shared: ['^src/protocol/'], inner });
  });

const screen = Object.entries(SCREEN).map(([module, allowed]) =>
  rule('kiosk-ui/src', module, allowed, { shared: ['^src/protocol/'] }),
);

const known = (modules) => Object.keys(modules).map(escaped).join('|');
const UNKNOWN = [
  `^src/(?!(${known(SERVICE)})/|main\\.ts$)`,
  `^kiosk-ui/src/(?!(${known(SCREEN)})/|(app|main)\\.tsx$|styles(\\.css$|/))`,
];
const unknownModule = {
  comment: 'a module of its own: list it in .dependency-cruiser.mjs, with what it may import',
  severity: 'error',
};

export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'unknown-module', ...unknownModule, from: { path: UNKNOWN }, to: {} },
    { name: 'unknown-module-imported', ...unknownModule, from: {}, to: { path: UNKNOWN } },
    { name: 'unknown-module-alone', ...unknownModule, from: { path: UNKNOWN, orphan: true }, to: {} },
    ...service,
    ...screen,
    {
      name: 'protocol-imports-nothing',
      severity: 'error',
      from: { path: '^src/protocol/' },
      to: { pathNot: '^src/protocol/' },
    },
    {
      name: 'entry-imports-the-command-line-only',
      severity: 'error',
      from: { path: '^src/main\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(cli|lib)/' },
    },
    {
      name: 'screen-imports-the-protocol-only',
      severity: 'error',
      from: { path: '^kiosk-ui/' },
      to: { path: '^src/', pathNot: '^src/protocol/' },
    },
    {
      name: 'service-imports-no-screen',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^kiosk-ui/' },
    },
    {
      name: 'drivers-are-chosen-by-the-wiring',
      comment:
        'a driver is loaded only when it is chosen, so that a machine without its native module still starts',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: LOADS_DRIVERS },
      to: { path: '^src/[^/]+/(drivers/|engines/(?!port\\.ts$))', pathNot: '^src/$1/(drivers|engines)/' },
    },
    {
      name: 'drivers-stay-in-their-folder',
      severity: 'error',
      from: { path: '^src/', pathNot: ['/(drivers|engines)/', LOADS_DRIVERS] },
      to: { path: '/(drivers/|engines/(?!port\\.ts$))' },
    },
    ...Object.entries(ONE_FILE).map(([name, home]) => ({
      name: `one-file-imports-${name.replaceAll(/[^a-z0-9-]/g, '')}`,
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/${escaped(home)}$` },
      to: { path: `(^|/)node_modules/${escaped(name)}/` },
    })),
    {
      name: 'declared-packages',
      comment:
        'what ships is in dependencies or optionalDependencies; the screen is built, so that its packages are devDependencies',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'undetermined'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.d.ts'],
    },
    cache: { folder: 'node_modules/.cache/dependency-cruiser', strategy: 'content' },
  },
};
