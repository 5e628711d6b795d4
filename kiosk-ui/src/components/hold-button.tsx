import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

/** Long enough that no tap or double tap of a glove gets there. */
export const HOLD_MS = 900;

interface HoldButtonProps {
  readonly label: string;
  /** What to do with it: "hold". */
  readonly hint: string;
  readonly icon: IconName;
  readonly onHeld: () => void;
}

/** A button that acts only after it was held, by finger or key. Assistive technology activates it with a click. */
export function HoldButton({ label, hint, icon, onHeld }: HoldButtonProps): JSX.Element {
  const [held, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const release = (): void => {
    clearTimeout(timer.current);
    setHeld(false);
  };
  const hold = (): void => {
    clearTimeout(timer.current);
    setHeld(true);
    timer.current = setTimeout(() => {
      setHeld(false);
      onHeld();
    }, HOLD_MS);
  };
  useEffect(() => release, []);
  return (
    <button
      type="button"
      class={`button button-plain button-hold${held ? ' button-held' : ''}`}
      onPointerDown={hold}
      onPointerUp={release}
      onPointerLeave={release}
      onPointerCancel={release}
      onContextMenu={(event) => {
        event.preventDefault();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        if (!event.repeat) hold();
      }}
      onKeyUp={release}
      onBlur={release}
      onClick={(event) => {
        // Neither a pointer nor a key: those have a detail, or were prevented above.
        if (event.detail === 0) onHeld();
      }}
    >
      <Icon name={icon} />
      <span class="button-text">
        {label} <small>{hint}</small>
      </span>
    </button>
  );
}
