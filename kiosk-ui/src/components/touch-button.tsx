import type { JSX } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface TouchButtonProps {
  readonly label: string;
  readonly icon?: IconName;
  /** `main`: the primary action; one per screen. */
  readonly tone?: 'main' | 'plain' | 'quiet';
  readonly size?: 'large' | 'normal';
  /** Icon only; the label is for screen readers. */
  readonly bare?: boolean;
  readonly disabled?: boolean;
  /** Why it cannot be used now: disables it, and is shown under its label. */
  readonly unavailable?: string;
  /** Goes back or cancels: Escape presses it. */
  readonly leaves?: boolean;
  readonly onPress: () => void;
}

/** A button large enough for gloves, named by its label. */
export function TouchButton(props: TouchButtonProps): JSX.Element {
  const {
    label,
    icon,
    tone = 'plain',
    size = 'normal',
    bare = false,
    unavailable,
    disabled = unavailable !== undefined,
    leaves,
    onPress,
  } = props;
  return (
    <button
      type="button"
      class={`button button-${tone} button-${size}${bare ? ' button-bare' : ''}`}
      disabled={disabled}
      onClick={onPress}
      data-leaves={leaves === true ? '' : undefined}
      {...(bare ? { 'aria-label': label } : {})}
    >
      {icon !== undefined && <Icon name={icon} />}
      {!bare && (
        <span class="button-text">
          {label}
          {unavailable !== undefined && <span class="button-why">{unavailable}</span>}
        </span>
      )}
    </button>
  );
}
