import type { TargetedEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';

const MOST = 8;
/** Of one notch of a wheel. */
const NOTCH = 1.2;

interface Zoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };

type Handle<E extends Event> = (event: TargetedEvent<HTMLElement, E>) => void;

interface Handlers {
  readonly onPointerDown: Handle<PointerEvent>;
  readonly onPointerMove: Handle<PointerEvent>;
  readonly onPointerUp: Handle<PointerEvent>;
  readonly onPointerCancel: Handle<PointerEvent>;
  readonly onWheel: Handle<WheelEvent>;
}

export interface ZoomControl {
  /** Of each image; CSS. */
  readonly transform: string;
  readonly zoomed: boolean;
  readonly reset: () => void;
  /** For the frame of each image. */
  readonly handlers: Handlers;
}

/**
 * Pinch, wheel and drag of one image, or of several at once in frames of one size. The scale stays between the whole
 * image and `MOST`.
 */
export function useZoom(): ZoomControl {
  const [zoom, setZoom] = useState(WHOLE);
  const fingers = useRef(new Map<number, { readonly x: number; readonly y: number }>());
  const lift = (event: PointerEvent): void => {
    fingers.current.delete(event.pointerId);
  };
  return {
    transform: `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})`,
    zoomed: zoom.scale > 1,
    reset: () => {
      setZoom(WHOLE);
    },
    handlers: {
      onPointerDown: (event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        fingers.current.set(event.pointerId, placeOf(event));
      },
      onPointerMove: (event) => {
        const before = fingers.current.get(event.pointerId);
        if (before === undefined) return;
        const now = placeOf(event);
        const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
        fingers.current.set(event.pointerId, now);
        const bounds = event.currentTarget.getBoundingClientRect();
        setZoom((current) =>
          other === undefined
            ? moved(current, now.x - before.x, now.y - before.y, bounds)
            : scaled(current, apart(now, other) / apart(before, other), middle(now, other), bounds),
        );
      },
      onPointerUp: lift,
      onPointerCancel: lift,
      onWheel: (event) => {
        const bounds = event.currentTarget.getBoundingClientRect();
        const factor = event.deltaY < 0 ? NOTCH : 1 / NOTCH;
        setZoom((current) => scaled(current, factor, placeOf(event), bounds));
      },
    },
  };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function placeOf({ clientX, clientY }: MouseEvent): Place {
  return { x: clientX, y: clientY };
}

function apart(a: Place, b: Place): number {
  return Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
}

function middle(a: Place, b: Place): Place {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/** What is under `about` stays there. */
function scaled(zoom: Zoom, factor: number, about: Place, bounds: DOMRect): Zoom {
  const scale = Math.min(MOST, Math.max(1, zoom.scale * factor));
  const by = scale / zoom.scale;
  const [fromX, fromY] = [about.x - bounds.left - bounds.width / 2, about.y - bounds.top - bounds.height / 2];
  return within({ scale, x: fromX - (fromX - zoom.x) * by, y: fromY - (fromY - zoom.y) * by }, bounds);
}

function moved(zoom: Zoom, x: number, y: number, bounds: DOMRect): Zoom {
  return within({ ...zoom, x: zoom.x + x, y: zoom.y + y }, bounds);
}

/** The image never leaves the stage; as a whole it stays in place. */
function within({ scale, x, y }: Zoom, { width, height }: DOMRect): Zoom {
  const reach = (Math.min(width, height) * (scale - 1)) / 2;
  const cut = (value: number): number => Math.min(reach, Math.max(-reach, value));
  return { scale, x: cut(x), y: cut(y) };
}
