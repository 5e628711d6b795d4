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
  const [edge, setEdge] = useState(50);
  if (!sliding) {
    return (
      <div class="laid">
        {[first, second].map((one) => (
          <div key={one.name} class="laid-square">
            <Placed key={one.src} laid={one} />
          </div>
        ))}
      </div>
    );
  }
  return (
    <div class="laid laid-sliding">
      <div class="laid-square">
        <Placed key={first.src} laid={first} />
        <div class="laid-over" style={{ clipPath: `inset(0 0 0 ${edge}%)` }}>
          <Placed key={second.src} laid={second} />
        </div>
        <div class="laid-edge" style={{ left: `${edge}%` }} />
        <input
          type="range"
          class="laid-slider"
          min={0}
          max={100}
          value={edge}
          aria-label={t('compare.slider.label')}
          onInput={(event) => {
            setEdge(Number(event.currentTarget.value));
          }}
        />
      </div>
    </div>
  );
}

function Placed({ laid: { src, name, outline, placed } }: { readonly laid: ComparisonImage }): JSX.Element {
  const [gone, setGone] = useState(false);
  if (gone) {
    return (
      <div class="laid-gone">
        <Icon name="none" />
        <p>{t('picture.gone')}</p>
      </div>
    );
  }
  return (
    <div class="laid-placed" {...(placed === undefined ? {} : { style: { transform: transformOf(placed) } })}>
      <img
        src={src}
        alt={name}
        draggable={false}
        onError={() => {
          setGone(true);
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
