import type { JSX } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface TouchButtonProps {
  readonly label: string;
  readonly icon?: IconName;
  /** `main`: what most people want here; one per screen. */
  readonly tone?: 'main' | 'plain' | 'quiet';
  readonly size?: 'large' | 'normal';
  /** The picture alone; its words are for those who do not see it. */
  readonly bare?: boolean;
  readonly disabled?: boolean;
  readonly onPress: () => void;
}

/** A key: large enough for a glove, named by its words. */
export function TouchButton(props: TouchButtonProps): JSX.Element {
  const { label, icon, tone = 'plain', size = 'normal', bare = false, disabled = false, onPress } = props;
  return (
    <button
      type="button"
      class={`key key-${tone} key-${size}${bare ? ' key-bare' : ''}`}
      disabled={disabled}
      onClick={onPress}
      {...(bare ? { 'aria-label': label } : {})}
    >
      {icon !== undefined && <Icon name={icon} />}
      {!bare && <span class="key-words">{label}</span>}
    </button>
  );
}
