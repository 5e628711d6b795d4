import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ComparisonView, LesionCapture } from '#protocol/lesion.ts';
import { changeInterval, shapeInterval, signedPercent, sizeWords } from '../format/change.ts';
import { wholePercent } from '../format/numbers.ts';
import { isComparison } from '../connection/answers.ts';
import { sessionPath } from '../connection/http.ts';
import type { ComparisonImage } from '../components/aligned-image.tsx';
import { CaptureChooser } from '../components/capture-chooser.tsx';
import { ComparisonStage } from '../components/comparison-stage.tsx';
import { Pending } from '../components/pending.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { t } from '../i18n/translate.ts';

/** Two captures, the later one aligned to the earlier one, and what has changed between them. */
export function LesionComparison({ captures }: { readonly captures: readonly LesionCapture[] }): JSX.Element {
  const [{ one, other }, choose] = useState({ one: captures.length - 2, other: captures.length - 1 });
  const [earlier, later] = [captures[one], captures[other]];
  if (earlier === undefined || later === undefined) {
    return (
      <div class="compare-none">
        <p>{t('compare.need')}</p>
        <p class="small">{t('compare.keep')}</p>
      </div>
    );
  }
  const choosers = [
    <CaptureChooser
      key="earlier"
      name={t('compare.earlier')}
      captures={captures}
      at={one}
      least={0}
      most={other - 1}
      onChoose={(at) => {
        choose({ one: at, other });
      }}
    />,
    <CaptureChooser
      key="later"
      name={t('compare.later')}
      captures={captures}
      at={other}
      least={one + 1}
      most={captures.length - 1}
      onChoose={(at) => {
        choose({ one, other: at });
      }}
    />,
  ];
  return (
    <OfTwo earlier={earlier} later={later}>
      {choosers}
    </OfTwo>
  );
}

interface OfTwoProps {
  readonly earlier: LesionCapture;
  readonly later: LesionCapture;
  readonly children: readonly JSX.Element[];
}

function OfTwo({ earlier, later, children }: OfTwoProps): JSX.Element {
  const answer = useFetched(
    `${sessionPath(earlier.id)}/comparison/${encodeURIComponent(later.id)}`,
    isComparison,
  );
  const comparison = answer?.ok === true ? answer.value : undefined;
  const laid = (capture: LesionCapture, i: 0 | 1): ComparisonImage => ({
    src: `${sessionPath(capture.id)}/picture`,
    name: t(i === 0 ? 'compare.earlier' : 'compare.later'),
    outline: comparison?.outlines[i] ?? [],
    ...(i === 1 && comparison?.registration !== undefined ? { placed: comparison.registration } : {}),
  });
  return (
    <div class="compare">
      <ComparisonStage
        first={laid(earlier, 0)}
        second={laid(later, 1)}
        aligned={comparison?.registration !== undefined}
      />
      <div class="compare-choosers">{children}</div>
      {areOfTwoModels(earlier, later) && (
        <p class="compare-models" data-testid="two-models">
          {t('lesion.models')}
        </p>
      )}
      <div class="compare-side">
        {comparison === undefined ? (
          <Pending answer={answer?.ok === false ? answer : undefined} waiting={t('compare.reading')} />
        ) : (
          <WhatChanged comparison={comparison} />
        )}
      </div>
    </div>
  );
}

/** Two numbers are shown beside each other; a withheld result has none. */
function areOfTwoModels(earlier: LesionCapture, later: LesionCapture): boolean {
  return earlier.model !== later.model && earlier.malignancy !== undefined && later.malignancy !== undefined;
}

function WhatChanged({
  comparison: { change, refused },
}: {
  readonly comparison: ComparisonView;
}): JSX.Element {
  if (change === undefined) {
    return (
      <section class="compare-text" data-testid="change">
        <h2>{t('compare.nothing')}</h2>
        <p>{t(`compare.refused.${refused ?? 'not-registered'}`)}</p>
      </section>
    );
  }
  const { area, diameter, shape, scaleBy } = change;
  return (
    <section class="compare-text" data-testid="change">
      <h2>{sizeWords(area)}</h2>
      <dl>
        <ChangeRow
          name={t('compare.area')}
          value={signedPercent(area.percent)}
          between={changeInterval(area)}
        />
        <ChangeRow
          name={t('compare.diameter')}
          value={signedPercent(diameter.percent)}
          between={changeInterval(diameter)}
        />
        <ChangeRow
          name={t('compare.shape')}
          value={wholePercent(shape.percent)}
          between={shapeInterval(shape)}
        />
      </dl>
      <p class="small">{t(`compare.by.${scaleBy}`)}</p>
    </section>
  );
}

function ChangeRow({
  name,
  value,
  between,
}: {
  readonly name: string;
  readonly value: string;
  readonly between: string;
}): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        <span>{between}</span>
      </dd>
    </div>
  );
}
