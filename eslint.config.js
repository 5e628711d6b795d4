import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * The rooms of src/ and what each may import beside itself; arrows go down only. `protocol` imports nothing and may be imported by
 * all: it is the vocabulary.
 */
const rooms = {
  protocol: [],
  lib: [],
  config: ['lib'],
  button: ['lib'],
  camera: ['lib'],
  vision: ['lib'],
  classifier: ['vision', 'lib'],
  session: [
    'camera/port.ts',
    'camera/burst.ts',
    'classifier/port.ts',
    'classifier/verdict.ts',
    'store/port.ts',
    'button/port.ts',
    'lib',
  ],
  store: ['lib'],
  server: ['session/port.ts', 'store/port.ts', 'classifier/port.ts', 'camera/port.ts', 'lib'],
};

/** Programs of their own that live in a room: they may import more than the room does. */
const programs = {
  'camera/programs': ['vision', 'lib'],
  'classifier/process': ['vision', 'lib', 'classifier'],
};

const zone = ([folder, allowed]) => ({
  target: `./src/${folder}`,
  from: './src',
  except: [...new Set([`./${folder}`, './protocol', ...allowed.map((path) => `./${path}`)])],
  message: `src/${folder} may import only ${['itself', 'protocol', ...allowed].join(', ')}`,
});

const roomRules = (zones) => ({ 'import-x/no-restricted-paths': ['error', { zones: zones.map(zone) }] });

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'data', 'model/training/work', 'coverage'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ alwaysTryTypes: true })] },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'import-x/no-cycle': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      ...roomRules(Object.entries(rooms)),
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings are read in main.ts and config/ alone.' },
      ],
      'no-console': 'error',
    },
  },
  ...Object.entries(programs).map((program) => ({
    files: [`src/${program[0]}/**/*.ts`],
    rules: roomRules([program]),
  })),
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
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
      },
    },
  },
);
