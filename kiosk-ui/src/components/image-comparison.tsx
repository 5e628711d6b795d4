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

interface ImageComparisonProps {
  readonly first: ComparisonImage;
  readonly second: ComparisonImage;
  /** Both in one square with a movable divider, instead of side by side. */
  readonly sliding: boolean;
}

/** Two captures aligned to the same position and size, as far as they are registered. */
export function ImageComparison({ first, second, sliding }: ImageComparisonProps): JSX.Element {
  const [divider, setDivider] = useState(50);
  if (!sliding) {
    return (
      <div class="overlay">
        {[first, second].map((one) => (
          <div key={one.name} class="overlay-square">
            <AlignedImage key={one.src} image={one} />
          </div>
        ))}
      </div>
    );
  }
  return (
    <div class="overlay overlay-sliding">
      <div class="overlay-square">
        <AlignedImage key={first.src} image={first} />
        <div class="overlay-top" style={{ clipPath: `inset(0 0 0 ${divider}%)` }}>
          <AlignedImage key={second.src} image={second} />
        </div>
        <div class="overlay-divider" style={{ left: `${divider}%` }} />
        <input
          type="range"
          class="overlay-slider"
          min={0}
          max={100}
          value={divider}
          aria-label={t('compare.slider.label')}
          onInput={(event) => {
            setDivider(Number(event.currentTarget.value));
          }}
        />
      </div>
    </div>
  );
}

function AlignedImage({
  image: { src, name, outline, placed },
}: {
  readonly image: ComparisonImage;
}): JSX.Element {
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
  );
}

/** Around the centre of the square, like the registration. */
function transformOf({ a, b, tx, ty }: NonNullable<ComparisonImage['placed']>): string {
  return `translate(${100 * tx}%, ${100 * ty}%) matrix(${a}, ${b}, ${-b}, ${a}, 0, 0)`;
}
