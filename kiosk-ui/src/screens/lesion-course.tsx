import type { JSX } from 'preact';
import type { LesionCapture } from '#protocol/lesion.ts';
import { localMinute } from '../format/dates.ts';
import { capturedNumber, histologyName } from '../format/session-text.ts';
import { lengthAxis, probabilityAxis } from '../format/course-axis.ts';
import { fixed, percent } from '../format/numbers.ts';
import { CoursePlot, type CoursePoint } from '../components/course-plot.tsx';
import { Icon } from '../components/icon.tsx';
import { RescoreCourse } from '../components/rescore-course.tsx';
import { t } from '../i18n/translate.ts';

interface LesionCourseProps {
  readonly captures: readonly LesionCapture[];
  /** The current one. */
  readonly model: string | undefined;
  /** Called when images were scored again. */
  readonly onRescored: () => void;
  /** Called when one is touched. */
  readonly onOpen: (session: string) => void;
}

/** The lesion's values over time: as plots, and beside them as rows that scroll, newest first. */
export function LesionCourse(props: LesionCourseProps): JSX.Element {
  const { captures, model, onOpen, onRescored } = props;
  const sized = captures.filter(({ diameterMm }) => diameterMm !== undefined);
  return (
    <div class="trend">
      <div class="trend-plots">
        <Malignancy captures={captures} />
        {sized.length > 0 && <Diameter captures={sized} />}
        <p class="small">{t(isOfOneModel(captures) ? 'lesion.alone' : 'lesion.models')}</p>
      </div>
      <div class="trend-side">
        <ol class="trend-rows">
          {captures.toReversed().map((capture) => (
            <li key={capture.id}>
              <CaptureRow
                capture={capture}
                onPress={() => {
                  onOpen(capture.id);
                }}
              />
            </li>
          ))}
        </ol>
        <RescoreCourse captures={captures} model={model} onDone={onRescored} />
      </div>
    </div>
  );
}

function isOfOneModel(captures: readonly LesionCapture[]): boolean {
  return new Set(captures.map(({ model }) => model)).size < 2;
}

function Malignancy({ captures }: { readonly captures: readonly LesionCapture[] }): JSX.Element {
  const points = captures.flatMap(
    ({ openedAt, malignancy, threshold, statement, model, histology }): CoursePoint[] =>
      malignancy === undefined
        ? []
        : [
            {
              ...{ at: openedAt, value: malignancy, mark: statement ?? 'plain', line: model },
              ...{ limit: threshold, proven: histology !== undefined },
            },
          ],
  );
  const limits = points.flatMap(({ limit }) => limit ?? []);
  const last = limits.at(-1);
  const histology = captures.findLast((capture) => capture.histology !== undefined)?.histology;
  return (
    <CoursePlot
      title={t('lesion.malignancy')}
      points={points}
      axis={probabilityAxis([...points.map(({ value }) => value), ...limits])}
      inWords={(value) => percent(value)}
      tickWords={(value) => percent(value)}
      legend={[
        ...(last === undefined
          ? []
          : [{ kind: 'limit' as const, words: t('scale.threshold', { value: percent(last) }) }]),
        ...(histology === undefined
          ? []
          : [
              {
                kind: 'proven' as const,
                words: t('lesion.histology', { finding: histologyName(histology) }),
              },
            ]),
      ]}
    />
  );
}

function Diameter({ captures }: { readonly captures: readonly LesionCapture[] }): JSX.Element {
  const points = captures.map(({ openedAt, diameterMm = 0 }): CoursePoint => ({
    at: openedAt,
    value: diameterMm,
    mark: 'plain',
    line: '',
  }));
  return (
    <CoursePlot
      title={t('lesion.diameter')}
      points={points}
      axis={lengthAxis(points.map(({ value }) => value))}
      inWords={(value) => `${fixed(value, Number.isInteger(value) ? 0 : 1)} mm`}
    />
  );
}

function CaptureRow({
  capture,
  onPress,
}: {
  readonly capture: LesionCapture;
  readonly onPress: () => void;
}): JSX.Element {
  const { openedAt, diameterMm, pictured, outcome, statement } = capture;
  const mark = outcome === 'withheld' ? 'withheld' : (statement ?? 'above');
  return (
    <button type="button" class="trend-row" data-testid={`capture-${capture.number}`} onClick={onPress}>
      <span class="trend-date">{localMinute(openedAt)}</span>
      <span class={`row-outcome row-${mark}`}>
        <Icon name={mark} />
        <span>{capturedNumber(capture)}</span>
      </span>
      {outcome === 'result' && (
        <span class="row-quiet">{diameterMm === undefined ? '' : `${fixed(diameterMm, 1)} mm`}</span>
      )}
      {pictured ? <Icon name="camera" /> : <span />}
      {pictured && <span class="visually-hidden">{t('lesion.pictured')}</span>}
    </button>
  );
}
