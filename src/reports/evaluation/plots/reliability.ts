import { reliabilityOf, type Point } from '../curves.ts';
import type { Figures } from '../figures.ts';
import { withInterval } from '../interval.ts';
import type { Sample } from '../sample.ts';
import { BLUE, chart, key, line, REFERENCE, shares, stroke, type Mark } from './chart.ts';

/** Calibration: observed against predicted, in equal-mass bins. */
export function reliabilityPlot(sample: Sample, { measured }: Figures): string {
  const error = measured.find(({ name }) => name.startsWith('calibration error'));
  const options = {
    title: 'Reliability of the malignancy',
    subtitle: error === undefined ? '' : `Calibration error ${withInterval(error)}`,
    x: shares('Predicted probability of malignancy (mean of the bin)'),
    y: shares('Observed malignant fraction'),
  };
  const bins = reliabilityOf(sample);
  const dot: Mark = ([x, y]) => `<circle cx="${x.toFixed(2)}" cy="${y.toFixed(2)}" r="5" fill="${BLUE}"/>\n`;
  return chart(options, (place) => [
    line(
      [
        [0, 0],
        [1, 1],
      ],
      place,
      REFERENCE,
    ),
    line(
      bins.map(({ predicted, observed }): Point => [predicted, observed]),
      place,
      `stroke="${BLUE}" stroke-opacity="0.4"`,
    ),
    ...bins.map(({ predicted, low, high }) =>
      line(
        [
          [predicted, low],
          [predicted, high],
        ],
        place,
        `stroke="${BLUE}" stroke-width="1.5"`,
      ),
    ),
    ...bins.map(({ predicted, observed }) => dot(place([predicted, observed]))),
    key(
      [100, 88],
      [
        { mark: dot, text: `${bins.length} bins of about ${bins[0]?.pictures ?? 0} images, 95 % CI` },
        { mark: stroke(REFERENCE), text: 'perfect calibration' },
      ],
    ),
  ]);
}
