import type { JSX } from 'preact';
import type { ClassShare } from '../../../src/protocol/view.ts';
import { percent } from '../../../src/protocol/percent.ts';
import { KindMark } from './kind-mark.tsx';

/** The differential, as it came: most probable first. What a class means is said in words and by shape, then by colour. */
export function ClassBars({ classes }: { readonly classes: readonly ClassShare[] }): JSX.Element {
  return (
    <ol class="bars" aria-label="Probability of each class">
      {classes.map(({ id, name, kind, mark, probability }) => (
        <li
          key={id}
          class={`bar bar-${kind}`}
          data-testid={`class-${id}`}
          data-value={probability}
          data-kind={kind}
        >
          <KindMark kind={kind} />
          <p class="bar-name">
            <strong>{name}</strong> <span class="bar-mark">{mark}</span>
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
