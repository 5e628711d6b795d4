import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLASS_IDS } from '../../src/protocol/classes.ts';
import { CHECK_TITLES, type Check } from '../../src/protocol/diagnostics.ts';
import { ERRORS } from '../../src/protocol/error-codes.ts';
import type { ClassifyLine } from '../../src/cli/classify.ts';
import { kiosk, QUICK_MODEL } from '../support/kiosk-process.ts';
import { badPictures, phantomPicture } from '../support/pictures.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosk-cli-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function lines(stdout: string): ClassifyLine[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ClassifyLine);
}

/** From V8's list of the scripts that a process loaded. */
async function packagesLoadedBy(command: string): Promise<string[]> {
  const coverage = await mkdtemp(join(folder, 'coverage-'));
  const data = join(folder, 'nothing-yet');
  expect((await kiosk([command], { NODE_V8_COVERAGE: coverage, KIOSK_DATA_DIR: data })).code).toBe(0);
  const names = new Set<string>();
  for (const name of await readdir(coverage)) {
    const { result } = JSON.parse(await readFile(join(coverage, name), 'utf8')) as {
      result: { url: string }[];
    };
    for (const { url } of result) {
      const found = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
      if (found !== undefined) names.add(found);
    }
  }
  return [...names];
}

describe('kiosk classify', () => {
  it('prints seven probabilities that sum to one, and their malignant sum', async () => {
    const file = join(folder, 'naevus.jpg');
    await writeFile(file, phantomPicture());
    const { code, stdout } = await kiosk(['classify', '--json', file]);
    const [line] = lines(stdout);
    expect(code).toBe(0);
    expect(line).toMatchObject({ file, outcome: 'result' });
    const probabilities = line!.probabilities!;
    expect(Object.keys(probabilities)).toEqual(CLASS_IDS);
    expect(Object.values(probabilities).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    expect(line!.malignancy).toBeCloseTo(probabilities.mel + probabilities.bcc + probabilities.akiec, 6);
  });

  it('reports every bad file by name and reason, continues with the rest, and exits with 1', async () => {
    const good = join(folder, 'good.jpg');
    await writeFile(good, phantomPicture());
    const bad = badPictures();
    for (const { name, bytes } of bad) await writeFile(join(folder, name), bytes);
    const files = [...bad.map(({ name }) => join(folder, name)), join(folder, 'absent.jpg'), good];
    const { code, stdout } = await kiosk(['classify', '--json', ...files], QUICK_MODEL);
    expect(code).toBe(1);
    expect(lines(stdout).map(({ file, outcome, reason }) => ({ file, outcome, reason }))).toEqual([
      ...bad.map(({ name, reason }) => ({ file: join(folder, name), outcome: 'error', reason })),
      { file: join(folder, 'absent.jpg'), outcome: 'error', reason: 'picture/missing' },
      { file: good, outcome: 'result', reason: undefined },
    ]);
  });

  it('omits the scores if the gate rejects, and prints them with --no-gate', async () => {
    const file = join(folder, 'blurred.jpg');
    await writeFile(file, phantomPicture('blurred'));
    const [gated] = lines((await kiosk(['classify', '--json', file], QUICK_MODEL)).stdout);
    expect(gated).toMatchObject({ outcome: 'rejected', reason: 'too-blurred' });
    expect(gated).not.toHaveProperty('malignancy');
    expect(gated).not.toHaveProperty('probabilities');
    const [bare] = lines((await kiosk(['classify', '--json', '--no-gate', file], QUICK_MODEL)).stdout);
    expect(bare!.malignancy).toBeGreaterThanOrEqual(0);
  });

  it('prints readable text without --json', async () => {
    const file = join(folder, 'words.jpg');
    await writeFile(file, phantomPicture());
    const { stdout } = await kiosk(['classify', file], QUICK_MODEL);
    expect(stdout).toMatch(
      /words\.jpg: malignant or pre-malignant \d+\.\d %, (above|at|below) the referral threshold; .*mel \d/,
    );
  });

  it('rejects a bundle with one byte flipped, and prints no score', async () => {
    const bundle = join(folder, 'flipped');
    await cp(join(import.meta.dirname, '..', '..', 'model', 'bundles', 'seed-cnn'), bundle, {
      recursive: true,
    });
    const weights = await readFile(join(bundle, 'model.onnx'));
    weights[Math.floor(weights.length / 2)]! ^= 1;
    await writeFile(join(bundle, 'model.onnx'), weights);
    const file = join(folder, 'any.jpg');
    await writeFile(file, phantomPicture());
    const { code, stdout, stderr } = await kiosk(['classify', '--json', '--model', bundle, file]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('model.onnx');
  });
});

describe('the command line', () => {
  it('lists every invalid setting at once and exits with 2', async () => {
    const { code, stderr } = await kiosk(['start'], {
      PORT: 'eighty',
      KIOSK_ENGINE: 'abacus',
      KIOSK_CAMRA: 'x',
    });
    expect(code).toBe(2);
    for (const name of ['PORT=eighty', 'KIOSK_ENGINE=abacus', 'KIOSK_CAMRA']) expect(stderr).toContain(name);
  });

  it.each([[['classify']], [['classify', '--bogus', 'x.jpg']], [['dance']], [[]]])(
    'exits with 2 and reports what is wrong for %j',
    async (args) => {
      const { code, stderr } = await kiosk(args);
      expect(code).toBe(2);
      expect(stderr.length).toBeGreaterThan(10);
    },
  );

  it('prints for an error at startup what happened, and below it what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const settings = {
      KIOSK_PORT: port,
      KIOSK_DATA_DIR: join(folder, 'port-in-use'),
      KIOSK_LOG_LEVEL: 'silent',
    };
    const { code, stderr } = await kiosk(['start'], settings);
    other.close();
    expect(code).toBe(1);
    const [first, second, ...more] = stderr.trimEnd().split('\n');
    expect(first).toMatch(
      new RegExp(`^kiosk start: cannot listen on 127\\.0\\.0\\.1:${port} \\(.*EADDRINUSE`),
    );
    expect([second, ...more]).toEqual([`  → ${ERRORS['server/listen'].cure}`]);
  });

  it('does not repeat what to do if the message already says it', async () => {
    expect((await kiosk(['pin'])).stderr).toBe('kiosk pin: expects “reset”\n');
  });

  it.each([['version'], ['--version'], ['-v']])('prints its version with kiosk %s', async (name) => {
    const manifest = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
      version: string;
    };
    expect(await kiosk([name])).toEqual({
      code: 0,
      stdout: `dermoscopy-kiosk ${manifest.version}\n`,
      stderr: '',
    });
  });

  it('loads no package for help and version, and the packages it needs for a command', async () => {
    expect(await packagesLoadedBy('help')).toEqual([]);
    expect(await packagesLoadedBy('version')).toEqual([]);
    expect(await packagesLoadedBy('verify')).toContain('better-sqlite3');
  });

  it('reports in kiosk doctor which engine runs and why', async () => {
    const { code, stdout } = await kiosk(['doctor', '--json'], { KIOSK_DATA_DIR: join(folder, 'data') });
    const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: Check[] };
    expect(checks.map(({ id }) => id)).toEqual(Object.keys(CHECK_TITLES));
    expect(checks.filter(({ state }) => state === 'failed')).toEqual([]);
    expect(checks.find(({ id }) => id === 'model')?.found).toMatch(/on (tfjs-node|onnxruntime): \w+/);
    expect(checks.find(({ id }) => id === 'camera')?.found).toMatch(
      /^phantom \(simulated\): [\d.]+ frames per second/,
    );
    expect(checks.find(({ id }) => id === 'picture')).toMatchObject({ state: 'ok' });
    expect(checks.find(({ id }) => id === 'disk')?.found).toMatch(/free; .*: a row can be written$/);
    expect({ ok, code }).toEqual({ ok: true, code: 0 });
  });

  it('reports a missing model in kiosk doctor, with exit code 1', async () => {
    const { code, stdout } = await kiosk(['doctor'], {
      KIOSK_MODEL: join(folder, 'nowhere'),
      KIOSK_DATA_DIR: join(folder, 'data'),
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/FAILED {3}model .*card\.json/);
    expect(stdout).toMatch(/→ Install a valid model bundle/);
  });

  it('checks the bundle and the journal with kiosk verify', async () => {
    const settings = { KIOSK_DATA_DIR: join(folder, 'nothing-yet') };
    const { code, stdout } = await kiosk(['verify', '--json'], settings);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      findings: [
        { id: 'model', state: 'ok' },
        { id: 'journal', state: 'ok', found: expect.stringContaining('nothing') as string },
      ],
    });
    expect(code).toBe(0);
    expect((await kiosk(['verify'], { ...settings, KIOSK_MODEL: folder })).stdout).toMatch(
      /^FAILED {3}model .*\n *→ /,
    );
  });
});
