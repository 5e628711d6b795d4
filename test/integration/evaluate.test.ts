import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClassifyLine } from '../../src/cli/classify.ts';
import type { Evaluation } from '../../src/reports/evaluation/evaluation.ts';
import { kiosk, QUICK_MODEL } from '../support/kiosk-process.ts';
import { phantomPicture } from '../support/pictures.ts';

/** The images that the phantom draws for the test, with their labels. */
const IMAGES = [
  ['naevus', 1, 'nv', 'one'],
  ['naevus', 2, 'nv', 'one'],
  ['naevus', 3, 'bkl', 'two'],
  ['melanoma-like', 4, 'mel', 'three'],
  ['melanoma-like', 5, 'mel', 'four'],
  ['blurred', 6, 'nv', 'five'],
] as const;

let folder: string;
let imageDir: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosk-evaluate-'));
  imageDir = join(folder, 'pictures');
  await mkdir(join(imageDir, 'more'), { recursive: true });
  for (const [scene, seed] of IMAGES)
    await writeFile(join(imageDir, seed > 3 ? 'more' : '', `p${seed}.jpg`), phantomPicture(scene, seed));
  await writeFile(join(imageDir, 'without-label.jpg'), phantomPicture());
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function list(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

const rows = IMAGES.map(([, seed, dx, lesion]) => `p${seed};${dx};${lesion}`);
const diagnosed = `\uFEFFimage;dx;lesion_id\n${rows.join('\n')}\n`;

describe('kiosk evaluate', () => {
  it('computes its figures from the scores that kiosk classify prints', async () => {
    const labels = await list('diagnosed.csv', diagnosed);
    const { code, stdout } = await kiosk(['evaluate', imageDir, '--labels', labels, '--json']);
    const { all, shown, counts, model } = JSON.parse(stdout) as Evaluation;
    expect(code).toBe(0);
    expect(model.name).not.toBe('');
    expect(counts).toEqual({
      labelled: 6,
      missing: 0,
      unlabelled: 1,
      failed: {},
      rejected: { 'too-blurred': 1 },
      withheld: counts.withheld,
      shown: shown!.pictures,
    });
    expect(all).toMatchObject({ pictures: 6, lesions: 5, malignant: 2 });
    expect(all.confusion!.flat().reduce((a, b) => a + b)).toBe(6);
    const bare = await kiosk(['classify', '--json', '--no-gate', imageDir]);
    const malignancyOf = new Map(
      bare.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as ClassifyLine)
        .map(({ file, malignancy }) => [file.replace(/^.*\/|\.jpg$/g, ''), malignancy!]),
    );
    const cancers = ['p4', 'p5'].map((name) => malignancyOf.get(name)!);
    for (const { threshold, sensitivity, counts: here } of all.operatingPoints) {
      const above = cancers.filter((value) => value >= threshold).length;
      expect(here.malignantAbove).toBe(above);
      expect(sensitivity!.value).toBe(above / 2);
    }
    const benign = ['p1', 'p2', 'p3', 'p6'].map((name) => malignancyOf.get(name)!);
    const wins = cancers.flatMap((a) => benign.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
    const auc = all.measured.find(({ name }) => name === 'malignancy AUC')!;
    expect(auc.value).toBeCloseTo(wins.reduce((a: number, b) => a + b, 0) / wins.length, 4);
  });

  it('writes plots, a self-contained page, and the figures', async () => {
    const labels = await list('diagnosed.csv', diagnosed);
    const out = join(folder, 'out', 'deep');
    const { code, stdout } = await kiosk(
      ['evaluate', imageDir, '--labels', labels, '--out', out],
      QUICK_MODEL,
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/malignancy AUC +\d\.\d{3} \(\d\.\d{3}–\d\.\d{3}\)/);
    expect((await readdir(out)).sort()).toEqual([
      'confusion.svg',
      'decision-curve.svg',
      'figures.json',
      'reliability.svg',
      'report.html',
      'roc.svg',
    ]);
    const page = await readFile(join(out, 'report.html'), 'utf8');
    expect(page.match(/<svg /g)).toHaveLength(4);
    expect(page).not.toMatch(/<script|<img|<link|NaN|undefined|Infinity/);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
    for (const name of ['roc', 'reliability', 'confusion', 'decision-curve'])
      expect(await readFile(join(out, `${name}.svg`), 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    const figures = JSON.parse(await readFile(join(out, 'figures.json'), 'utf8')) as Evaluation;
    expect(figures.all.pictures).toBe(6);
  });

  it('accepts benign and malignant as labels, and omits the seven classes', async () => {
    const labels = await list(
      'binary.csv',
      'file,label\np1.jpg,benign\np2.jpg,0\nmore/p4.jpg,malignant\nmore/p5,1\n',
    );
    const out = join(folder, 'binary');
    const args = ['evaluate', imageDir, '--labels', labels, '--json', '--out', out];
    const { code, stdout } = await kiosk(args, QUICK_MODEL);
    const { all } = JSON.parse(stdout) as Evaluation;
    expect(code).toBe(0);
    expect(all).toMatchObject({ pictures: 4, lesions: 4, malignant: 2 });
    expect(all).not.toHaveProperty('confusion');
    expect(all.measured.map(({ name }) => name)).not.toContain('balanced accuracy');
    expect(await readFile(join(out, 'confusion.svg'), 'utf8')).toContain('Ground truth and referral');
  });

  it('continues past a broken and a missing image, reports both, and exits with 1', async () => {
    await writeFile(join(imageDir, 'broken.jpg'), 'not an image');
    const labels = await list('gaps.csv', `${diagnosed}broken;nv;six\nabsent;nv;seven\n`);
    const { code, stdout, stderr } = await kiosk(
      ['evaluate', imageDir, '--labels', labels, '--json'],
      QUICK_MODEL,
    );
    await rm(join(imageDir, 'broken.jpg'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^absent: .*no such image$/m);
    expect(stderr).toMatch(/broken\.jpg: not a PNG or JPEG/);
    const { all, counts } = JSON.parse(stdout) as Evaluation;
    expect(counts).toMatchObject({ labelled: 8, missing: 1, failed: { 'picture/unsupported': 1 } });
    expect(all.pictures).toBe(6);
  });

  it('rejects a list with bad rows, reports them all by line, and writes nothing', async () => {
    const labels = await list('bad.csv', 'image,dx\np1,nv\np2,melanoma\np3,\n');
    const out = join(folder, 'never');
    const { code, stdout, stderr } = await kiosk(['evaluate', imageDir, '--labels', labels, '--out', out]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/bad\.csv: .*\n.*line 3: dx “melanoma”.*\n.*line 4: dx “”/);
    expect(await readdir(folder)).not.toContain('never');
  });

  it.each([
    [['evaluate'], 'specify one folder'],
    [['evaluate', '.'], '--labels'],
    [['evaluate', 'nowhere', '--labels', 'x.csv'], 'nowhere is not a folder'],
    [['evaluate', '.', '--labels', 'nowhere.csv'], 'nowhere.csv'],
  ])('exits with 2 and reports what is wrong for %j', async (args, words) => {
    const { code, stderr } = await kiosk(args);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });
});
