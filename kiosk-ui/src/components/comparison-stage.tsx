import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n/translate.ts';
import { ChoiceKeys } from './choice-keys.tsx';
import type { ComparisonImage } from './aligned-image.tsx';
import { COMPARISON_MODES, ImageComparison, type ComparisonMode } from './image-comparison.tsx';
import { Switch } from './switch.tsx';
import { TouchButton } from './touch-button.tsx';
import { useZoom } from './use-zoom.ts';

interface ComparisonStageProps {
  readonly first: ComparisonImage;
  readonly second: ComparisonImage;
  /** Whether the second is placed on the first; otherwise they can only be beside each other. */
  readonly aligned: boolean;
}

/** Two captures and the ways to look at them, on the page or on the whole screen. */
export function ComparisonStage({ first, second, aligned }: ComparisonStageProps): JSX.Element {
  const [wanted, setWanted] = useState<ComparisonMode>('beside');
  const [outlined, setOutlined] = useState(true);
  const [full, setFull] = useState(false);
  const zoom = useZoom();
  const mode = aligned ? wanted : 'beside';
  const shown = (image: ComparisonImage): ComparisonImage => (outlined ? image : { ...image, outline: [] });
  const images = <ImageComparison first={shown(first)} second={shown(second)} mode={mode} zoom={zoom} />;
  const resize = (to: boolean): void => {
    // The shift is in pixels of the size that is left.
    zoom.reset();
    setFull(to);
  };
  const keys = (
    <>
      {aligned && (
        <ChoiceKeys
          label={t('compare.mode')}
          options={COMPARISON_MODES.map((value) => ({ value, label: t(`compare.${value}`) }))}
          chosen={mode}
          onChoose={setWanted}
        />
      )}
      <Switch label={t('picture.outline')} on={outlined} onSwitch={setOutlined} />
    </>
  );
  if (full) {
    return (
      <FullScreen
        onClose={() => {
          resize(false);
        }}
        keys={
          <>
            {keys}
            {zoom.zoomed && <TouchButton label={t('picture.whole')} onPress={zoom.reset} />}
          </>
        }
      >
        {images}
      </FullScreen>
    );
  }
  return (
    <>
      {images}
      <div class="compare-keys">
        {keys}
        <TouchButton
          label={t('compare.full')}
          onPress={() => {
            resize(true);
          }}
        />
      </div>
    </>
  );
}

interface FullScreenProps {
  readonly keys: JSX.Element;
  readonly children: JSX.Element;
  readonly onClose: () => void;
}

function FullScreen({ keys, children, onClose }: FullScreenProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="viewer viewer-pair" aria-label={t('lesion.compare')} onClose={onClose}>
      {children}
      <div class="viewer-keys">
        <TouchButton label={t('back')} icon="back" leaves onPress={() => dialog.current?.close()} />
        {keys}
      </div>
    </dialog>
  );
}
