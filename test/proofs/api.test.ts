import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import openapi from '../../docs/api/openapi.json' with { type: 'json' };
import { keepFigures } from '../../scripts/prove/figures.mjs';
import { KioskProcess } from '../support/kiosk-process.ts';

const schemathesis = join(import.meta.dirname, '..', 'api', 'schemathesis');
const unlimited = join(import.meta.dirname, '..', 'support', 'unlimited-kiosk.mjs');
const LIMIT_MS = 1_800_000;

/** Of the contract; none may be left out. */
const ROUTES = Object.values(openapi.paths).flatMap((methods) => Object.keys(methods)).length;

it(
  'every route answers whatever it is asked as docs/api says',
  async () => {
    const exportDir = await mkdtemp(join(tmpdir(), 'kiosk-exports-'));
    onTestFinished(() => rm(exportDir, { recursive: true, force: true }));
    const settings = {
      KIOSK_MODEL: 'seed-cnn',
      KIOSK_ENGINE: 'onnxruntime',
      KIOSK_CAMERA: 'phantom',
      KIOSK_RETENTION: 'ask',
      KIOSK_EXPORT_DIR: exportDir,
    };
    const kiosk = await KioskProcess.start(settings, [unlimited]);
    onTestFinished(() => kiosk.dispose());
    await kiosk.untilReady();
    const child = spawn(schemathesis, [kiosk.url], { stdio: ['ignore', 'pipe', 'inherit'], cwd: exportDir });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    const [code] = (await once(child, 'close')) as [number | null];
    const report = Buffer.concat(chunks).toString();
    expect(code, report).toBe(0);
    expect(/Selected: (\d+)\/(\d+)\s+Tested: (\d+)\b/.exec(report)?.slice(1).map(Number)).toEqual([
      ROUTES,
      ROUTES,
      ROUTES,
    ]);
    keepFigures({ routes: ROUTES, requests: Number(/(\d+) generated/.exec(report)?.[1]) });
  },
  LIMIT_MS,
);
