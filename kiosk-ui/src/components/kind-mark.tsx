import type { JSX } from 'preact';
import type { ClassKind } from '#protocol/classes.ts';

/** Full diamond: cancer; half diamond: pre-cancer; open circle: benign. The text is beside it. */
export function KindMark({ kind }: { readonly kind: ClassKind }): JSX.Element {
  return (
    <svg class={`kind kind-${kind}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {kind === 'benign' ? (
        <circle class="kind-line" cx="8" cy="8" r="5.2" />
      ) : (
        <>
          <path class="kind-line" d="M8 1.8L14.2 8L8 14.2L1.8 8Z" />
          <path
            class="kind-body"
            d={kind === 'cancer' ? 'M8 1.8L14.2 8L8 14.2L1.8 8Z' : 'M1.8 8H14.2L8 14.2Z'}
          />
        </>
      )}
    </svg>
  );
}
