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
  const [at, setAt] = useState<Place>();
  useLayoutEffect(() => {
    const place = (): void => {
      if (bar.current !== null) setAt(clearPlaceOf(bar.current));
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
      {...(at === undefined ? {} : { style: { inset: `${at.top}px auto auto ${at.left}px` } })}
    >
      {children}
    </p>
  );
}

interface Place {
  readonly left: number;
  readonly top: number;
}

/**
 * The lowest place in which the bar covers least of what must be kept clear: none, on most screens; in the middle, or
 * else at the right or left edge.
 */
function clearPlaceOf(bar: HTMLElement): Place {
  const { width, height } = bar.getBoundingClientRect();
  const controls = Array.from(document.querySelectorAll(KEEP_CLEAR), (element) =>
    element.getBoundingClientRect(),
  );
  const lowest = innerHeight - height - STEP;
  let best = { left: (innerWidth - width) / 2, top: lowest, covered: Infinity };
  for (const left of [best.left, innerWidth - width - STEP, STEP]) {
    const beside = controls.filter((box) => box.left < left + width && box.right > left);
    for (let top = lowest; top >= STEP && best.covered > 0; top -= STEP) {
      const covered = beside.reduce(
        (sum, box) => sum + overlap([top, top + height], [box.top, box.bottom]),
        0,
      );
      if (covered < best.covered) best = { left, top, covered };
    }
  }
  return best;
}

type Span = readonly [from: number, to: number];

function overlap(one: Span, other: Span): number {
  return Math.max(0, Math.min(one[1], other[1]) - Math.max(one[0], other[0]));
}
