import { useEffect, useRef } from 'preact/hooks';
import { receiveTyped } from '../input/typed-keys.ts';

export interface Typing {
  readonly value: string;
  /** Longest text, characters. */
  readonly max: number;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
}

/** The text after one key, of the screen or of a real keyboard. */
export function typed(value: string, key: string, max: number): string {
  if (key === 'Backspace') return Array.from(value).slice(0, -1).join('');
  return Array.from(value).length < max ? value + key : value;
}

/**
 * What the keys of a field do. A real keyboard types into it as well while it is on the screen.
 *
 * @param accepts which characters belong into it
 */
export function useTyped(typing: Typing, accepts: (key: string) => boolean): (key: string) => void {
  const now = useRef(typing);
  now.current = typing;
  const press = useRef((key: string): void => {
    const { value, max, onChange, onEnter } = now.current;
    if (key === 'Enter') {
      if (value !== '') onEnter();
    } else if (key === 'Backspace' || accepts(key)) {
      const next = typed(value, key, max);
      // Keys may come faster than the screen is drawn.
      now.current = { ...now.current, value: next };
      onChange(next);
    }
  });
  useEffect(() => receiveTyped(press.current), []);
  return press.current;
}
