import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FaultMarks } from '#protocol/view.ts';
import { ImageViewer } from './image-viewer.tsx';
import { MarksLayer } from './marks-layer.tsx';
import { t } from '../i18n/translate.ts';

interface RejectedImageProps {
  readonly picture: string;
  readonly marks?: FaultMarks | undefined;
}

/** The rejected image beside the live one, its centre square, with its fault marked if that has a place; a tap enlarges it. */
export function RejectedImage({ picture, marks }: RejectedImageProps): JSX.Element | null {
  const [gone, setGone] = useState(false);
  const [enlarged, setEnlarged] = useState(false);
  if (gone) return null;
  const caption = t(marks === undefined ? 'retake.rejected' : 'retake.marked');
  return (
    <figure class="rejected">
      <button
        type="button"
        class="rejected-square"
        aria-label={t('picture.enlarge')}
        onClick={() => {
          setEnlarged(true);
        }}
      >
        <img
          src={picture}
          alt={t('retake.rejected')}
          draggable={false}
          onError={() => {
            setGone(true);
          }}
        />
        {marks !== undefined && <MarksLayer marks={marks} />}
      </button>
      <figcaption>{caption}</figcaption>
      {enlarged && (
        <ImageViewer
          picture={picture}
          explanation={{}}
          marks={marks}
          onClose={() => {
            setEnlarged(false);
          }}
        />
      )}
    </figure>
  );
}
