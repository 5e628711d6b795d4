import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ComparisonView, Outline } from '#protocol/lesion.ts';
import { t } from '../i18n/translate.ts';
import { Icon } from './icon.tsx';
import { OutlineLayer } from './outline-layer.tsx';

/** One capture as displayed: its centre square and its placement. */
export interface ComparisonImage {
  readonly src: string;
  readonly name: string;
  readonly outline: Outline;
  readonly placed?: NonNullable<ComparisonView['registration']>;
}

interface AlignedImageProps {
  readonly image: ComparisonImage;
  /** Zoom and pan, the same for both images of a comparison; CSS. */
  readonly transform: string;
}

export function AlignedImage({ image, transform }: AlignedImageProps): JSX.Element {
  const { src, name, outline, placed } = image;
  const [missing, setMissing] = useState(false);
  if (missing) {
    return (
      <div class="overlay-missing">
        <Icon name="none" />
        <p>{t('picture.gone')}</p>
      </div>
    );
  }
  return (
    <div class="overlay-zoom" style={{ transform }}>
      <div
        class="overlay-image"
        {...(placed === undefined ? {} : { style: { transform: transformOf(placed) } })}
      >
        <img
          src={src}
          alt={name}
          draggable={false}
          onError={() => {
            setMissing(true);
          }}
        />
        {outline.length > 0 && <OutlineLayer outline={outline} />}
      </div>
    </div>
  );
}

/** Around the centre of the square, like the registration. */
function transformOf({ a, b, tx, ty }: NonNullable<ComparisonImage['placed']>): string {
  return `translate(${100 * tx}%, ${100 * ty}%) matrix(${a}, ${b}, ${-b}, ${a}, 0, 0)`;
}
