import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../i18n/translate.ts';
import { AlignedImage, type ComparisonImage } from './aligned-image.tsx';
import { TouchButton } from './touch-button.tsx';
import { useBlink } from './use-blink.ts';
import type { ZoomControl } from './use-zoom.ts';

/** Two images beside each other, or in one square: with a movable boundary, in turn, or one fading into the other. */
export const COMPARISON_MODES = ['beside', 'slider', 'blink', 'fade'] as const;

export type ComparisonMode = (typeof COMPARISON_MODES)[number];

interface ImageComparisonProps {
  readonly first: ComparisonImage;
  readonly second: ComparisonImage;
  readonly mode: ComparisonMode;
  /** Shared: what is looked at in one image is also seen in the other. */
  readonly zoom: ZoomControl;
}

/** Two captures aligned to the same position and size, as far as they are registered. */
export function ImageComparison({ mode, ...images }: ImageComparisonProps): JSX.Element {
  switch (mode) {
    case 'beside':
      return <Beside {...images} />;
    case 'slider':
      return <Sliding {...images} />;
    case 'blink':
      return <Blinking {...images} />;
    case 'fade':
      return <Fading {...images} />;
  }
}

type OneModeProps = Omit<ImageComparisonProps, 'mode'>;

function Beside({ first, second, zoom }: OneModeProps): JSX.Element {
  return (
    <div class="overlay">
      {[first, second].map((image) => (
        <div key={image.name} class="overlay-square" {...zoom.handlers}>
          <AlignedImage key={image.src} image={image} transform={zoom.transform} />
        </div>
      ))}
    </div>
  );
}

function Sliding({ first, second, zoom }: OneModeProps): JSX.Element {
  const [divider, setDivider] = useState(50);
  return (
    <div class="overlay overlay-single">
      <div class="overlay-square" {...zoom.handlers}>
        <AlignedImage key={first.src} image={first} transform={zoom.transform} />
        <div class="overlay-top" style={{ clipPath: `inset(0 0 0 ${divider}%)` }}>
          <AlignedImage key={second.src} image={second} transform={zoom.transform} />
        </div>
        <div class="overlay-divider" style={{ left: `${divider}%` }} />
        <PercentSlider label={t('compare.slider.label')} value={divider} onChange={setDivider} />
      </div>
    </div>
  );
}

function Fading({ first, second, zoom }: OneModeProps): JSX.Element {
  const [share, setShare] = useState(50);
  return (
    <div class="overlay overlay-single">
      <div class="overlay-square" {...zoom.handlers}>
        <AlignedImage key={first.src} image={first} transform={zoom.transform} />
        <div class="overlay-top" style={{ opacity: share / 100 }}>
          <AlignedImage key={second.src} image={second} transform={zoom.transform} />
        </div>
        <PercentSlider label={t('compare.fade.label')} value={share} onChange={setShare} />
      </div>
    </div>
  );
}

/** Both images stay in the page, so that neither has to be decoded at its turn. */
function Blinking({ first, second: later, zoom }: OneModeProps): JSX.Element {
  const { second, running, run, turn } = useBlink();
  return (
    <div class="overlay overlay-single">
      <div class="overlay-square" data-shown={second ? 'second' : 'first'} {...zoom.handlers}>
        <AlignedImage key={first.src} image={first} transform={zoom.transform} />
        <div class="overlay-top" style={{ visibility: second ? 'visible' : 'hidden' }}>
          <AlignedImage key={later.src} image={later} transform={zoom.transform} />
        </div>
      </div>
      <div class="overlay-aside">
        <p class="overlay-name">{second ? later.name : first.name}</p>
        <TouchButton
          label={t(running ? 'compare.pause' : 'compare.play')}
          onPress={() => {
            run(!running);
          }}
        />
        <TouchButton label={t('compare.turn')} disabled={running} onPress={turn} />
      </div>
    </div>
  );
}

function PercentSlider(props: {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}): JSX.Element {
  const { label, value, onChange } = props;
  return (
    <input
      type="range"
      class="overlay-slider"
      min={0}
      max={100}
      value={value}
      aria-label={label}
      // The images below must not be dragged along.
      onPointerDown={(event) => {
        event.stopPropagation();
      }}
      onInput={(event) => {
        onChange(Number(event.currentTarget.value));
      }}
    />
  );
}
