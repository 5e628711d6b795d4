import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { HeatView } from '#protocol/view.ts';
import { enlarged, heatColour } from '../format/heat.ts';
import { t } from '../i18n/translate.ts';

/** Resolution of the drawn map; it is smooth at this size, and the browser scales it up. */
const SIDE = 96;

/** What influenced the score, overlaid on the image. */
export function HeatLayer({ heat }: { readonly heat: HeatView }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    const pixels = Uint8ClampedArray.from(
      [...enlarged(heat, SIDE)].flatMap((value) => [...heatColour(value)]),
    );
    context?.putImageData(new ImageData(pixels, SIDE, SIDE), 0, 0);
  }, [heat]);
  return (
    <canvas
      ref={canvas}
      class="layer heat"
      width={SIDE}
      height={SIDE}
      role="img"
      aria-label={t('picture.heat.caption')}
      data-testid="heat"
    />
  );
}
