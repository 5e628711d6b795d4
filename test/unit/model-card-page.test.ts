import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain, table } from '../../src/reports/model-card/markdown.ts';
import { groupsOf } from '../../src/reports/model-card/measured.ts';
import { pageOf } from '../../src/reports/model-card/page.ts';
import type { Card } from '../../src/classifier/model/card.ts';
import { driftSummary, cardSummary } from '../../src/classifier/model/card-summary.ts';
import { exampleCard } from '../support/bundle.ts';

const SHA256 = 'e'.repeat(64);
const FOLD = 'HAM10000 fold 4: 2004 pictures of 1490 lesions';
const SHARP = 'HAM10000 fold 4 at 224 pixels: 1181 pictures';
const DECILES = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09];

function measured(name: string, on: string, value = 0.9): Card['measured'][number] {
  return { name, on, value };
}

function page(changes: Partial<Card> = {}): string {
  return pageOf({ card: exampleCard(changes), sha256: SHA256 });
}

function headings(text: string): readonly string[] {
  return text.split('\n').filter((line) => /^##? /.test(line));
}

describe('the page of a card', () => {
  it('has no section for missing fields', () => {
    expect(headings(page())).toEqual([
      '# example 1.2.3',
      '## Intended use',
      '## Origin',
      '## Limits',
      '## Thresholds',
      '## Figures',
      '## Predictive values by prevalence',
      '## How a result is computed',
      '## Files',
    ]);
    expect(page()).not.toMatch(/undefined|NaN|set on/);
  });

  it('has the confounders, the threshold date and the drift reference if the card has them', () => {
    const text = page({
      confounders: ['Hair misleads.'],
      thresholdsSet: '2026-02-03T04:05:06Z',
      drift: { on: FOLD, malignancyDeciles: DECILES },
    });
    expect(headings(text)).toEqual(expect.arrayContaining(['## Known confounders', '## Drift reference']));
    expect(text).toContain('\n- Hair misleads.\n');
    expect(text).toContain('The thresholds were set on 2026-02-03.');
    expect(text).toContain(DECILES.join(', '));
  });

  it('states the intended use first', () => {
    expect(page().indexOf('Research use only.')).toBeLessThan(page().indexOf('## '));
  });

  it('marks only the threshold in use', () => {
    const [point] = exampleCard().operatingPoints;
    const text = page({ operatingPoints: [{ ...point!, name: 'other', default: false }, point!] });
    expect(text).toContain('| other | 0.3 | 0.950 | 0.930–0.970 | 0.500 | – |  |');
    expect(text).toContain(
      '| **referral** | **0.3** | **0.950** | **0.930–0.970** | **0.500** | **–** | yes |',
    );
  });

  it('has the rules of the About screen, and every hash in full', () => {
    const files = { 'saved_model/saved_model.pb': 'a'.repeat(64) };
    const card = exampleCard({ files, drift: { on: FOLD, malignancyDeciles: DECILES, gate: 0.012 } });
    const text = pageOf({ card, sha256: SHA256 });
    for (const { name, value } of [...cardSummary(card), ...driftSummary(card)]) {
      expect(text).toContain(`| ${name} | ${value} |`);
    }
    expect(text).toContain(`| card.json | \`${SHA256}\` |`);
    expect(text).toContain(`| saved_model/saved_model.pb | \`${'a'.repeat(64)}\` |`);
  });

  it('shows the predictive values of the threshold in use', () => {
    // 0.95 × 0.1 / (0.95 × 0.1 + 0.5 × 0.9) and 0.5 × 0.9 / (0.5 × 0.9 + 0.05 × 0.1)
    expect(page().replaceAll('\u00a0', ' ')).toContain('| 10 % | 17.4 % | – | 98.9 % | – |');
  });

  it('lists the figures of the first set, then other sets, then subgroups', () => {
    const text = page({
      measured: [
        measured('AUC', FOLD, 0.913),
        measured('AUC', SHARP, 0.937),
        measured('accuracy', SHARP),
        measured('refused', 'noise: 20'),
        measured('AUC', 'HAM10000 fold 4, age under 40: 402 pictures', 0.881),
      ],
    });
    const titles = text.split('\n').filter((line) => line.startsWith('### '));
    expect(titles).toEqual([
      `### On ${FOLD}`,
      `### On ${SHARP}`,
      '### On other images',
      '### AUC in subgroups of HAM10000 fold 4',
    ]);
    expect(text).toContain('| age under 40 | 402 pictures | 0.881 | – |');
    expect(text).toContain('| refused | noise: 20 | 0.900 | – |');
  });
});

describe('the groups of measured figures', () => {
  it('contain every figure exactly once', () => {
    const on = fc.constantFrom(FOLD, SHARP, 'noise: 20', 'HAM10000 fold 4, male: 9 pictures', 'a, b: 2');
    const name = fc.constantFrom('AUC', 'accuracy', 'refused');
    const rows = fc
      .uniqueArray(fc.tuple(name, on), { selector: String })
      .map((pairs) => pairs.map((pair) => measured(...pair)));
    fc.assert(
      fc.property(rows, (given) => {
        const { headline, sets, single, subgroups } = groupsOf(given);
        const found = [
          ...(headline?.rows ?? []),
          ...sets.flatMap((set) => set.rows),
          ...single,
          ...[...subgroups.values()].flat().map(({ row }) => row),
        ];
        expect(new Set(found)).toEqual(new Set(given));
        expect(found).toHaveLength(given.length);
      }),
    );
  });

  it('are empty for a card without figures', () => {
    expect(groupsOf([])).toEqual({ sets: [], single: [], subgroups: new Map() });
    expect(page({ measured: [] })).toContain('The card has no figures.');
  });
});

describe('Markdown', () => {
  it.each([
    ['share < 0.5 | more', 'share \\< 0.5 \\| more'],
    ['*bold* _it_ `code` [link](x)', '\\*bold\\* \\_it\\_ \\`code\\` \\[link\\](x)'],
    ['saved_model/saved_model.pb', 'saved_model/saved_model.pb'],
    ['two\nlines\\', 'two lines\\\\'],
  ])('escapes %j', (text, markdown) => {
    expect(plain(text)).toBe(markdown);
  });

  it('has the same number of cells in each line of a table', () => {
    expect(table(['a', 'b'], [['1', plain('x | y')]])).toBe('| a | b |\n| --- | --- |\n| 1 | x \\| y |');
  });
});
