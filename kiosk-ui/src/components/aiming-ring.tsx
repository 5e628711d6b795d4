import type { JSX } from 'preact';

/** Where to place the lesion; rotates while the image is captured and assessed. */
export function AimingRing({ busy }: { readonly busy: boolean }): JSX.Element {
  return (
    <svg class={busy ? 'ring ring-busy' : 'ring'} viewBox="0 0 100 100" aria-hidden="true" focusable="false">
      <circle class="ring-shade" cx="50" cy="50" r="36" />
      <circle class="ring-line" cx="50" cy="50" r="36" />
      <path class="ring-ticks" d="M50 11v5M50 84v5M11 50h5M84 50h5" />
    </svg>
  );
}
