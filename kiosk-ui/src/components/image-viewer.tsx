import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ExplanationView, FaultMarks } from '#protocol/view.ts';
import { HeatLayer } from './heat-layer.tsx';
import { MarksLayer } from './marks-layer.tsx';
import { OutlineLayer } from './outline-layer.tsx';
import { Switch } from './switch.tsx';
import { TouchButton } from './touch-button.tsx';
import { useZoom } from './use-zoom.ts';
import { t } from '../i18n/translate.ts';

interface ImageViewerProps {
  readonly picture: string;
  readonly explanation: ExplanationView;
  /** Of a rejected image. */
  readonly marks?: FaultMarks | undefined;
  readonly onClose: () => void;
}

/** The image on the whole screen, with pinch, wheel and drag; outline and heat map as layers. */
export function ImageViewer({ picture, explanation, marks, onClose }: ImageViewerProps): JSX.Element {
  const { outline, heat } = explanation;
  const [outlined, setOutlined] = useState(true);
  // Off by default: a heat map is too easily mistaken for the lesion's own colours, or for evidence.
  const [heated, setHeated] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const { transform, zoomed, reset, handlers } = useZoom();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="viewer" aria-label={t('picture.alt')} onClose={onClose}>
      <div class="viewer-stage" {...handlers}>
        <div class="viewer-square" style={{ transform }}>
          <img src={picture} alt={t('picture.alt')} draggable={false} />
          {heat !== undefined && heated && <HeatLayer heat={heat} />}
          {outline !== undefined && outlined && <OutlineLayer outline={outline} />}
          {marks !== undefined && <MarksLayer marks={marks} />}
        </div>
      </div>
      <div class="viewer-side">
        <TouchButton label={t('back')} icon="back" leaves onPress={() => dialog.current?.close()} />
        {outline !== undefined && (
          <Switch label={t('picture.outline')} on={outlined} onSwitch={setOutlined} />
        )}
        {heat !== undefined && <Switch label={t('picture.heat')} on={heated} onSwitch={setHeated} />}
        {heat !== undefined && heated && <p class="heat-caption">{t('picture.heat.caption')}</p>}
        {zoomed && <TouchButton label={t('picture.whole')} icon="retake" onPress={reset} />}
        <p class="small">{t('picture.zoom')}</p>
      </div>
    </dialog>
  );
}
