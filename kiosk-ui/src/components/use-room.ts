import { useEffect, useState } from 'preact/hooks';

/** The smallest screen with room for two pages beside each other, in units of its type; the same as in `wide.css`. */
const ROOM = { width: 60, height: 36 } as const;

/** Whether there is room now to show beside each other what otherwise takes a page each. Larger type leaves less. */
export function hasRoom(): boolean {
  const unit = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return innerWidth >= ROOM.width * unit && innerHeight >= ROOM.height * unit;
}

/** The same, after every change of the window's size. */
export function useRoom(): boolean {
  const [, resized] = useState(0);
  useEffect(() => {
    const look = (): void => {
      resized((times) => times + 1);
    };
    addEventListener('resize', look);
    return () => {
      removeEventListener('resize', look);
    };
  }, []);
  return hasRoom();
}
