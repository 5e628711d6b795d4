import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The rooms of src/ and what each may import beside itself; arrows go down only. `protocol` imports nothing and may be imported by
 * all: it is the vocabulary.
 */
const rooms = {
  protocol: [],
  lib: [],
  config: ['lib'],
  gpio: ['lib'],
  button: ['gpio/port.ts', 'lib'],
  lamp: ['gpio/port.ts', 'lib'],
  board: ['session/port.ts', 'store/port.ts', 'lib'],
  camera: ['lib'],
  vision: ['lib'],
  classifier: ['vision', 'lib'],
  'card-page': [
    'classifier/card.ts',
    'classifier/predictive.ts',
    'classifier/reliability.ts',
    'classifier/rules.ts',
    'lib',
  ],
  evaluation: ['lib'],
  session: [
    'camera/port.ts',
    'camera/burst.ts',
    'classifier/port.ts',
    'classifier/verdict.ts',
    'store/port.ts',
    'retention/port.ts',
    'lib',
  ],
  settings: ['config', 'store/port.ts', 'lib'],
  backlight: ['lib'],
  store: ['lib'],
  retention: ['store/port.ts', 'lib'],
  context: ['session/port.ts', 'store/port.ts', 'lib'],
  checkup: [
    'board/port.ts',
    'board/warnings.ts',
    'camera/port.ts',
    'classifier/port.ts',
    'classifier/self-test.ts',
    'lamp/port.ts',
    'lib',
  ],
  records: ['store/port.ts', 'lib'],
  fleet: ['config/load.ts', 'session/port.ts', 'store/port.ts', 'lib'],
  server: [
    'session/port.ts',
    'settings/port.ts',
    'store/port.ts',
    'retention/port.ts',
    'store/filter.ts',
    'records',
    'classifier/port.ts',
    'camera/port.ts',
    'lib',
  ],
};

/** Programs of their own that live in a room: they may import more than the room does. */
const programs = {
  'camera/programs': ['vision', 'lib'],
  'classifier/process': ['vision', 'lib', 'classifier'],
};

/** Forbids the other rooms by name: `allowed` are rooms, or single files of one. */
const roomRules = (folder, allowed) => {
  const own = folder.split('/')[0];
  const forbidden = [...Object.keys(rooms), 'cli'].flatMap((other) => {
    if (other === own || other === 'protocol' || allowed.includes(other)) return [];
    const files = allowed
      .filter((path) => path.startsWith(`${other}/`))
      .map((path) => path.slice(other.length + 1));
    return [files.length === 0 ? `${other}/` : `${other}/(?!(${files.join('|').replaceAll('.', '\\.')})$)`];
  });
  const message = `src/${folder} may import only ${['itself', 'protocol', ...allowed].join(', ')}`;
  const patterns = [...forbidden, '(about|app|buttons|main|drivers|health)\\.ts$'].map((regex) => ({
    regex: `^(\\.\\./)+${regex}`,
    message,
  }));
  return { files: [`src/${folder}/**/*.ts`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
};

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'data', 'model/training/work', 'coverage'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings are read in main.ts and config/ alone.' },
      ],
      'no-console': 'error',
    },
  },
  {
    // On Node 20 an iterator over a typed array takes several times as long as an index, and these loops see every pixel.
    files: ['src/vision/**/*.ts'],
    rules: { '@typescript-eslint/prefer-for-of': 'off' },
  },
  ...Object.entries({ ...rooms, ...programs }).map(([folder, allowed]) => roomRules(folder, allowed)),
  { files: ['src/main.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  {
    // Must parse on Nodes that are too old: it is what says so. (Top-level await and `node:` imports came later.)
    files: ['bin/kiosk.js', 'bin/require-node.js'],
    languageOptions: { ecmaVersion: 2020 },
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: '^node:' }] }] },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
        AbortController: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
      },
    },
  },
);
