import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { watchFrames } from '../connection/frames.ts';
import { t } from '../i18n/translate.ts';

/** A frame older than this is stale, ms. */
const FRESH_MS = 2_000;
const LOOK_EVERY_MS = 500;

interface PreviewProps {
  /** Keeps the last frame while it is assessed. */
  readonly frozen: boolean;
  readonly onAge: (age: PreviewAge) => void;
  /** The whole frame, which an overview image has, instead of its centre square. */
  readonly whole?: boolean;
}

/** `none`: no frame has been drawn yet, and the canvas is black. */
export type PreviewAge = 'none' | 'fresh' | 'stale';

/** The live preview: the centre square of each frame, which is exactly what will be assessed. */
export function Preview({ frozen, onAge, whole = false }: PreviewProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isFrozen = useRef(frozen);
  const drawnAt = useRef(performance.now());
  const [age, setAge] = useState<PreviewAge>('none');
  const isDrawn = useRef(false);
  isFrozen.current = frozen;

  useEffect(
    () =>
      watchFrames(async (jpeg) => {
        // A preview that opens with the image already taken would stay black without one frame.
        if ((isFrozen.current && isDrawn.current) || canvas.current === null) return;
        await draw(jpeg, canvas.current, whole);
        isDrawn.current = true;
        drawnAt.current = performance.now();
        setAge('fresh');
      }),
    [],
  );

  useEffect(() => {
    const timer = setInterval(() => {
      if (isFrozen.current) drawnAt.current = performance.now();
      if (performance.now() - drawnAt.current > FRESH_MS) setAge('stale');
    }, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);

  useEffect(() => {
    onAge(age);
  }, [age]);

  return (
    <canvas
      ref={canvas}
      class="preview"
      data-testid="preview"
      data-frames="0"
      width="480"
      height="480"
      role="img"
      aria-label={t('stage.preview')}
    />
  );
}

async function draw(jpeg: ArrayBuffer, canvas: HTMLCanvasElement, whole: boolean): Promise<void> {
  const frame = await createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' }));
  try {
    const side = Math.min(frame.width, frame.height);
    const [width, height] = whole ? [frame.width, frame.height] : [side, side];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const left = (frame.width - width) / 2;
    const top = (frame.height - height) / 2;
    const brush = canvas.getContext('2d', { alpha: false });
    brush?.drawImage(frame, left, top, width, height, 0, 0, width, height);
    canvas.dataset.frames = String(Number(canvas.dataset.frames) + 1);
  } finally {
    frame.close();
  }
}
