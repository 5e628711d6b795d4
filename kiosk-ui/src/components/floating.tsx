import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** What must stay visible under it: whatever can be touched, and the decision. */
const KEEP_CLEAR = '#app :is(button, a[href], input, [role=tab], label.drop, .body-site, .band)';
/** Distance between the places that are tried, px. */
const STEP = 8;

interface FloatingProps {
  readonly tone: 'done' | 'problem';
  /** Placed anew when it changes. */
  readonly about: unknown;
  readonly children: ComponentChildren;
}

/** A line over the screen, where it covers no control. */
export function Floating({ tone, about, children }: FloatingProps): JSX.Element {
  const bar = useRef<HTMLParagraphElement>(null);
  const [top, setTop] = useState<number>();
  useLayoutEffect(() => {
    const place = (): void => {
      if (bar.current !== null) setTop(clearPlaceOf(bar.current));
    };
    place();
    // The screen may be drawn after this line, and its controls come and go.
    const observer = new MutationObserver(place);
    observer.observe(document.body, { subtree: true, childList: true });
    addEventListener('resize', place);
    return () => {
      observer.disconnect();
      removeEventListener('resize', place);
    };
  }, [about]);
  return (
    <p
      class={`notice notice-${tone}`}
      ref={bar}
      {...(top === undefined ? {} : { style: { top: `${top}px`, bottom: 'auto' } })}
    >
      {children}
    </p>
  );
}

/** The lowest place in which the bar covers least of what must be kept clear: none, on most screens. */
function clearPlaceOf(bar: HTMLElement): number {
  const { left, right, height } = bar.getBoundingClientRect();
  const beside = Array.from(document.querySelectorAll(KEEP_CLEAR), (element) =>
    element.getBoundingClientRect(),
  ).filter((box) => box.left < right && box.right > left);
  const coveredAt = (top: number): number =>
    beside.reduce((sum, box) => sum + overlap([top, top + height], [box.top, box.bottom]), 0);
  let best = { top: innerHeight - height - STEP, covered: Infinity };
  for (let { top } = best; top >= STEP && best.covered > 0; top -= STEP) {
    const covered = coveredAt(top);
    if (covered < best.covered) best = { top, covered };
  }
  return best.top;
}

type Span = readonly [from: number, to: number];

function overlap(one: Span, other: Span): number {
  return Math.max(0, Math.min(one[1], other[1]) - Math.max(one[0], other[0]));
}
