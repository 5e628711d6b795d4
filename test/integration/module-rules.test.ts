import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const { default: config } = (await import(join(root, '.dependency-cruiser.mjs'))) as {
  default: { forbidden: IForbiddenRuleType[]; options: { cache: unknown; [option: string]: unknown } };
};

/** Each breaks one rule: the file, its content, and the rule that must reject it. */
const PROBES: readonly (readonly [file: string, text: string, rule: string])[] = [
  ['src/follow-up/probe.ts', "import '../app/app.ts';", 'follow-up'],
  ['src/follow-up/probe.ts', "import '../store/sqlite-store.ts';", 'follow-up'],
  ['src/server/probe.ts', "import '../app/apply-setting.ts';", 'server'],
  [
    'src/server/probe.ts',
    "import type { SqliteStore } from '../store/sqlite-store.ts';\nexport type S = SqliteStore;",
    'server',
  ],
  ['src/server/probe.ts', "import '../settings/settings-service.ts';", 'server'],
  ['src/session/probe.ts', "import '../server/server.ts';", 'session'],
  ['src/session/probe.ts', "import '../classifier/client/client.ts';", 'session'],
  ['src/reports/sessions/probe.ts', "import '../evaluation/figures.ts';", 'reports-sessions'],
  ['src/camera/probe.ts', "import '../vision/jpeg.ts';", 'camera'],
  ['src/vision/probe.ts', "import '../classifier/port.ts';", 'vision'],
  ['src/lib/probe.ts', "import '../config/schema.ts';", 'lib'],
  ['src/store/probe.ts', "import '../cli/main.ts';", 'store'],
  ['src/protocol/probe.ts', "import '../lib/errors.ts';", 'protocol-imports-nothing'],
  ['src/protocol/probe.ts', "import 'node:fs';", 'protocol-imports-nothing'],
  ['src/probe.ts', "import './lib/errors.ts';", 'unknown-module'],
  ['src/probe.ts', 'export const alone = 1;', 'unknown-module-alone'],
  ['src/utils/probe.ts', "import '../lib/errors.ts';", 'unknown-module'],
  ['src/reports/probe.ts', "import '../lib/errors.ts';", 'unknown-module'],
  ['src/main.ts', "import './app/app.ts';", 'entry-imports-the-command-line-only'],
  ['src/app/probe.ts', "import '../camera/drivers/phantom.ts';", 'drivers-are-chosen-by-the-wiring'],
  ['src/classifier/model/probe.ts', "import '../engines/onnxruntime.ts';", 'drivers-stay-in-their-folder'],
  ['src/camera/probe.ts', "import './drivers/phantom.ts';", 'drivers-stay-in-their-folder'],
  ['src/server/probe.ts', "import 'better-sqlite3';", 'one-file-imports-better-sqlite3'],
  ['src/camera/probe.ts', "import 'sharp';", 'one-file-imports-sharp'],
  ['src/server/probe.ts', "import 'preact';", 'declared-packages'],
  ['src/server/probe.ts', "import './nowhere.ts';", 'unresolvable'],
  ['src/lib/probe.ts', "import type { T } from './other.ts';\nexport type U = T;", 'no-circular'],
  ['kiosk-ui/src/probe.ts', "import './state/state.ts';", 'unknown-module'],
  ['kiosk-ui/src/widgets/probe.ts', "import '../state/state.ts';", 'unknown-module'],
  ['kiosk-ui/src/components/probe.tsx', "import '../screens/result.tsx';", 'screen-components'],
  ['kiosk-ui/src/state/probe.ts', "import '../connection/socket.ts';", 'screen-state'],
  [
    'kiosk-ui/src/format/probe.ts',
    "import '../../../src/lib/errors.ts';",
    'screen-imports-the-protocol-only',
  ],
  ['src/server/probe.ts', "import '../../kiosk-ui/src/state/state.ts';", 'service-imports-no-screen'],
];

describe('the module rules', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kiosk-modules-'));
    for (const name of ['src', 'kiosk-ui/src'])
      cpSync(join(root, name), join(folder, name), { recursive: true });
    cpSync(join(root, 'package.json'), join(folder, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const violations = async (...files: string[]): Promise<readonly string[]> => {
    const options = { ...config.options, cache: false };
    const { output } = await cruise(files, {
      ...options,
      baseDir: folder,
      validate: true,
      ruleSet: { forbidden: config.forbidden },
    });
    return (output as ICruiseResult).summary.violations.map(({ rule }) => rule.name);
  };

  it('are followed by the whole tree', async () => {
    expect(await violations('src', 'kiosk-ui/src')).toEqual([]);
  });

  it.each(PROBES)('reject %s with %j', async (file, text, rule) => {
    const path = join(folder, file);
    const original = file === 'src/main.ts' ? join(root, file) : undefined;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${text}\n`);
    if (rule === 'no-circular')
      writeFileSync(join(dirname(path), 'other.ts'), "import './probe.ts';\nexport type T = 1;\n");
    try {
      expect(await violations(file)).toContain(rule);
    } finally {
      rmSync(path);
      rmSync(join(dirname(path), 'other.ts'), { force: true });
      if (original !== undefined) cpSync(original, path);
    }
  });
});
