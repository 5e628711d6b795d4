import type { JSX } from 'preact';
import { MARK_PATHS, type Mark } from './marks.ts';

/** A mark of the body map beside text, which says the same. */
export function MarkIcon({
  mark,
  closed = false,
}: {
  readonly mark: Mark;
  readonly closed?: boolean;
}): JSX.Element {
  return (
    <svg class="mark-icon" viewBox="-8 -8 16 16" aria-hidden="true" focusable="false">
      <path class={`mark mark-${mark}${closed ? ' mark-closed' : ''}`} d={MARK_PATHS[mark]} />
    </svg>
  );
}
