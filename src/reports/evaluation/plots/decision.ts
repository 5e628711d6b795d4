import { decisionCurveOf, type Point } from '../curves.ts';
import type { Figures } from '../figures.ts';
import type { Sample } from '../sample.ts';
import { chart, CURVE, FAINT, INK, key, line, ORANGE, stroke, type Axis } from './chart.ts';

/** Thresholds above this are clinically irrelevant. */
const HIGHEST_THRESHOLD = 0.6;

const TICKS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, HIGHEST_THRESHOLD];

/** Tick spacings of the net benefit axis, each for a prevalence up to ten times the spacing. */
const STEPS = [0.005, 0.01, 0.02, 0.05, 0.1] as const;

interface Series {
  readonly text: string;
  readonly style: string;
  readonly points: readonly Point[];
}

/** Whether referring by the model has more net benefit than referring all or none. */
export function decisionPlot(sample: Sample, { operatingPoints, malignant, pictures }: Figures): string {
  const prevalence = malignant / pictures;
  const y = benefitAxis(prevalence);
  const referral = operatingPoints.find((point) => point.default)?.threshold;
  const series = [...strategiesOf(sample), ...(referral === undefined ? [] : [referralLine(referral, y)])];
  const options = {
    title: 'Decision curve',
    subtitle: `${malignant} of ${pictures} images are malignant (${(prevalence * 100).toFixed(1)} %)`,
    x: {
      label: 'Threshold probability: how likely a cancer must be to refer',
      low: 0,
      high: HIGHEST_THRESHOLD,
      ticks: TICKS,
    },
    y,
  };
  return chart(options, (place) => [
    ...series.map(({ points, style }) => line(cutAt(y.low, points), place, style)),
    key(
      [306, 92],
      series.map(({ style, text }) => ({ mark: stroke(style), text })),
    ),
  ]);
}

/** From slightly below zero to the net benefit of finding every cancer without a false positive. */
function benefitAxis(prevalence: number): Axis {
  const step = STEPS.find((candidate) => candidate * 10 >= prevalence) ?? 0.1;
  const count = Math.max(1, Math.ceil(prevalence / step));
  const ticks = Array.from({ length: count + 2 }, (_, i) => (i - 1) * step);
  return { label: 'Net benefit (true positives per image)', low: -step, high: count * step, ticks };
}

function strategiesOf(sample: Sample): Series[] {
  const thresholds = Array.from({ length: HIGHEST_THRESHOLD * 100 }, (_, i) => (i + 1) / 100);
  const curve = decisionCurveOf(sample, thresholds);
  return [
    {
      text: 'refer none',
      style: `stroke="${FAINT}" stroke-width="1.5"`,
      points: curve.map(({ threshold }) => [threshold, 0]),
    },
    {
      text: 'refer all',
      style: `stroke="${ORANGE}" stroke-width="1.8" stroke-dasharray="3 3"`,
      points: curve.map(({ threshold, all }) => [threshold, all]),
    },
    {
      text: 'refer by the model',
      style: CURVE,
      points: curve.map(({ threshold, model }) => [threshold, model]),
    },
  ];
}

function referralLine(threshold: number, { low, high }: Axis): Series {
  return {
    text: `referral threshold ${threshold.toFixed(3)}`,
    style: `stroke="${INK}" stroke-width="1.2" stroke-dasharray="1 4"`,
    points: [
      [threshold, low],
      [threshold, high],
    ],
  };
}

/** Up to where the curve leaves the chart, below which it is of no interest. */
function cutAt(low: number, points: readonly Point[]): Point[] {
  const end = points.findIndex(([, y]) => y < low);
  const [inside, outside] = [points[end - 1], points[end]];
  if (inside === undefined || outside === undefined) return end < 0 ? [...points] : [];
  const part = (inside[1] - low) / (inside[1] - outside[1]);
  return [...points.slice(0, end), [inside[0] + part * (outside[0] - inside[0]), low]];
}
