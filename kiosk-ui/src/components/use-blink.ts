import { useEffect, useState } from 'preact/hooks';

/**
 * How long each of two images is shown, ms: fewer than two changes per second. WCAG 2.3.1 allows three flashes per
 * second.
 */
const BLINK_MS = 600;

/**
 * Which of two images is shown. It does not start by itself for a person who prefers reduced motion, and ends with its
 * component.
 */
export function useBlink(): {
  readonly second: boolean;
  readonly running: boolean;
  readonly run: (on: boolean) => void;
  readonly turn: () => void;
} {
  const [second, show] = useState(false);
  const [running, run] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches);
  const turn = (): void => {
    show((now) => !now);
  };
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(turn, BLINK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [running]);
  return { second, running, run, turn };
}
