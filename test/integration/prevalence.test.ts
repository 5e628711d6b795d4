import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../src/classifier/model/card.ts';
import type { ClassifyLine } from '../../src/cli/classify.ts';
import { CLASS_IDS, MALIGNANT_CLASSES } from '../../src/protocol/classes.ts';
import type { About, CaptureAnswer, SessionDetail } from '../../src/protocol/http.ts';
import { reweighted } from '../../src/protocol/prevalence.ts';
import { kiosk, KioskProcess } from '../support/kiosk-process.ts';
import { phantomPicture } from '../support/pictures.ts';

const SEED = join(import.meta.dirname, '..', '..', 'model', 'bundles', 'seed-cnn');

/** Three in ten malignant. */
const SHARES = [0.1, 0.1, 0.15, 0.05, 0.1, 0.45, 0.05];
const REFERENCE = 0.3;
const CLINIC = 0.09;

const folder = mkdtempSync(join(tmpdir(), 'prevalence-'));
const bundle = join(folder, 'bundle');
const picture = join(folder, 'lesion.jpg');

/** The small model, with stated frequencies. */
beforeAll(async () => {
  await cp(SEED, bundle, { recursive: true });
  const card = JSON.parse(await readFile(join(bundle, 'card.json'), 'utf8')) as Card;
  await writeFile(
    join(bundle, 'card.json'),
    JSON.stringify({ ...card, reference: { on: 'synthetic lesions', classShares: SHARES } }),
  );
  await writeFile(picture, phantomPicture());
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function classified(settings: Record<string, string>): Promise<ClassifyLine> {
  const args = ['classify', '--json', '--model', bundle, '--engine', 'onnxruntime', picture];
  const { stdout, stderr } = await kiosk(args, settings);
  expect(stderr).not.toContain('rror');
  return JSON.parse(stdout) as ClassifyLine;
}

describe('kiosk classify --json', () => {
  it('has the probabilities at the stated prevalence and at equal frequencies side by side', async () => {
    const [own, clinic] = [await classified({}), await classified({ KIOSK_PREVALENCE: 'primary-care' })];
    expect(own.prevalence).toBeCloseTo(REFERENCE, 9);
    expect(clinic.prevalence).toBe(CLINIC);
    expect(clinic.statement).toBe(own.statement);
    const change = { from: REFERENCE, to: CLINIC };
    expect(clinic.malignancy).toBeCloseTo(reweighted(own.malignancy!, change), 9);
    expect(clinic.threshold).toBeCloseTo(reweighted(own.threshold!, change), 9);
    const malignant = MALIGNANT_CLASSES.reduce((sum, id) => sum + clinic.probabilities![id], 0);
    expect(malignant).toBeCloseTo(clinic.malignancy!, 9);
    const weights = CLASS_IDS.map((id, i) => own.probabilities![id] / SHARES[i]!);
    const sum = weights.reduce((a, b) => a + b, 0);
    CLASS_IDS.forEach((id, i) => {
      expect(own.equalPrevalence![id]).toBeCloseTo(weights[i]! / sum, 9);
      expect(clinic.equalPrevalence![id]).toBeCloseTo(own.equalPrevalence![id], 9);
    });
  });
});

describe('a kiosk at a clinic with another prevalence', () => {
  it('states, records and exports its numbers for it', async () => {
    const settings = { KIOSK_MODEL: bundle, KIOSK_PREVALENCE: 'primary-care' };
    const one = await KioskProcess.start(settings);
    await one.untilReady();
    try {
      const about = (await (await fetch(`${one.url}/api/about`)).json()) as About;
      expect(about.model?.prevalence).toEqual({
        ...{ stated: CLINIC, on: 'synthetic lesions' },
        reference: expect.closeTo(REFERENCE, 9) as number,
      });
      expect(about.model?.predictive.map(({ prevalence }) => prevalence)).toContain(CLINIC);
      const own = await classified({});
      const threshold = reweighted(own.threshold!, { from: REFERENCE, to: CLINIC });
      expect(about.model?.operatingPoints.find((point) => point.default)?.threshold).toBeCloseTo(
        threshold,
        9,
      );
      const form = new FormData();
      form.append('file', new Blob([await readFile(picture)], { type: 'image/jpeg' }), 'lesion.jpg');
      const response = await fetch(`${one.url}/api/captures`, { method: 'POST', body: form });
      const captured = (await response.json()) as Extract<CaptureAnswer, { result: unknown }>;
      expect(captured.result).toMatchObject({
        prevalence: CLINIC,
        malignancy: expect.closeTo(reweighted(own.malignancy!, { from: REFERENCE, to: CLINIC }), 6) as number,
      });
      const detail = (await (await fetch(`${one.url}/api/sessions/${captured.id}`)).json()) as SessionDetail;
      expect(detail.prevalence).toBe(CLINIC);
      expect(detail.threshold).toBeCloseTo(threshold, 9);
      const csv = await (await fetch(`${one.url}/api/sessions/export?format=csv`)).text();
      const [head, row] = csv.split('\r\n').map((line) => line.split(','));
      expect(row?.[head!.indexOf('prevalence')]).toBe(String(CLINIC));
    } finally {
      await one.dispose();
    }
  });

  it('says that a model without stated frequencies cannot follow', async () => {
    const one = await KioskProcess.start({ KIOSK_PREVALENCE: 'primary-care' });
    await one.untilReady();
    try {
      expect(one.stderr()).toContain('the prevalence “primary-care” has no effect');
    } finally {
      await one.dispose();
    }
  });
});
