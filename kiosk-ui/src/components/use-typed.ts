import { useEffect, useRef } from 'preact/hooks';
import { receiveTyped } from '../input/typed-keys.ts';

export interface Typing {
  readonly value: string;
  /** Longest text, characters. */
  readonly max: number;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
}

/** The text after one key of the screen or of a real keyboard. */
export function typed(value: string, key: string, max: number): string {
  if (key === 'Backspace') return Array.from(value).slice(0, -1).join('');
  return Array.from(value).length < max ? value + key : value;
}

/**
 * State of a text field and its keys. A real keyboard also types into it while it is on the screen.
 *
 * @param accepts which characters are allowed
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
      // Keys may arrive faster than the screen renders.
      now.current = { ...now.current, value: next };
      onChange(next);
    }
  });
  useEffect(() => receiveTyped(press.current), []);
  return press.current;
}
