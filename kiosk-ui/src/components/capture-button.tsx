import type { JSX } from 'preact';
import { conditionsOf } from '../format/conditions.ts';
import { command } from '../connection/socket.ts';
import { view } from '../state/state.ts';
import { TouchButton } from './touch-button.tsx';

interface CaptureButtonProps {
  readonly label: string;
  readonly icon?: 'capture' | 'retake';
  readonly tone?: 'main' | 'plain';
  readonly size?: 'large' | 'normal';
  /** `retake`: of the patient and lesion of the result on the screen. */
  readonly sends?: 'press' | 'retake';
}

/** Captures. While no press can give a result it is disabled, is no longer the main button, and says why. */
export function CaptureButton({
  label,
  icon = 'capture',
  tone = 'main',
  size,
  sends = 'press',
}: CaptureButtonProps): JSX.Element {
  const now = view.value;
  const obstacle = now && conditionsOf(now).find(({ weight }) => weight !== 'warning');
  return (
    <TouchButton
      label={label}
      icon={icon}
      tone={obstacle === undefined ? tone : 'plain'}
      {...(size === undefined ? {} : { size })}
      {...(obstacle === undefined ? {} : { unavailable: obstacle.title })}
      onPress={() => void command(sends)}
    />
  );
}
