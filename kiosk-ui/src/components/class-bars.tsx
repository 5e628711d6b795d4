import type { JSX } from 'preact';
import type { ClassShare } from '#protocol/view.ts';
import { percent } from '../format/numbers.ts';
import { KindMark } from './kind-mark.tsx';
import { codes, tagOf } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';

/** A malignant or pre-malignant class from here on is marked, however far down it stands. */
const NOTABLE = 0.01;

/**
 * The differential as received: most probable first. The kind of a class is shown by text and shape, then by colour;
 * a severe class that is not negligible, and one much likelier than usual, has a frame.
 */
export function ClassBars({ classes }: { readonly classes: readonly ClassShare[] }): JSX.Element {
  return (
    <ol class="bars" aria-label={t('bars')}>
      {classes.map(({ id, kind, probability, marked }) => (
        <li
          key={id}
          class={`bar bar-${kind}${marked === true || isNotable(kind, probability) ? ' bar-notable' : ''}`}
          data-testid={`class-${id}`}
          data-value={probability}
          data-kind={kind}
        >
          <KindMark kind={kind} />
          <p class="bar-name">
            <strong>{codes().classes[id]}</strong> {tagged(marked === true ? t('bars.marked') : tagOf(id))}
          </p>
          <div class="bar-track">
            <div class="bar-fill" style={{ width: `${probability * 100}%` }} />
          </div>
          <span class="bar-value">{percent(probability)}</span>
        </li>
      ))}
    </ol>
  );
}

function isNotable(kind: ClassShare['kind'], probability: number): boolean {
  return kind !== 'benign' && probability >= NOTABLE;
}

function tagged(tag: string | undefined): JSX.Element | undefined {
  return tag === undefined ? undefined : <span class="bar-mark">{tag}</span>;
}
