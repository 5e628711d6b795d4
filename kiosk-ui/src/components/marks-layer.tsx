import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { FaultMarks } from '#protocol/view.ts';
import { t } from '../i18n/translate.ts';

/** Where the fault of a rejected image lies: hatched cells, light and dark, visible on any skin. */
export function MarksLayer({ marks: { side, cells } }: { readonly marks: FaultMarks }): JSX.Element {
  const hatch = useId();
  return (
    <svg
      class="layer fault-marks"
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={t('retake.marked')}
      data-testid="marks"
    >
      <defs>
        <pattern
          id={hatch}
          width="0.5"
          height="0.5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect class="fault-dark" width="0.25" height="0.5" />
          <rect class="fault-light" x="0.25" width="0.25" height="0.5" />
        </pattern>
      </defs>
      {cells.map((cell) => (
        <rect
          key={cell}
          class="fault-cell"
          x={cell % side}
          y={Math.floor(cell / side)}
          width="1"
          height="1"
          fill={`url(#${hatch})`}
        />
      ))}
    </svg>
  );
}
