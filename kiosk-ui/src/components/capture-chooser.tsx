import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { LesionCapture } from '#protocol/lesion.ts';
import { localMinute } from '../format/dates.ts';
import { capturedNumber } from '../format/session-text.ts';
import { DialogPage } from './dialog-page.tsx';
import { Paged } from './paged.tsx';
import { TouchButton } from './touch-button.tsx';
import { t } from '../i18n/translate.ts';

/** Rows of a page of the list. */
const ROWS = 6;

interface CaptureChooserProps {
  readonly name: string;
  readonly captures: readonly LesionCapture[];
  readonly at: number;
  /** Index of the earliest and of the latest that can be chosen. */
  readonly least: number;
  readonly most: number;
  readonly onChoose: (at: number) => void;
}

/** Selects one of several captures: the previous or the next one, or any one from a list. */
export function CaptureChooser(props: CaptureChooserProps): JSX.Element {
  const { name, captures, at, least, most, onChoose } = props;
  const [listed, setListed] = useState(false);
  const step = (to: number): { readonly disabled: boolean; readonly onPress: () => void } => ({
    disabled: to < least || to > most,
    onPress: () => {
      onChoose(to);
    },
  });
  const chosen = captures[at];
  return (
    <div class="chooser" role="group" aria-label={name}>
      <TouchButton label={t('compare.before', { which: name })} icon="back" bare {...step(at - 1)} />
      <button
        type="button"
        class="chooser-chosen"
        aria-haspopup="dialog"
        disabled={least === most}
        onClick={() => {
          setListed(true);
        }}
      >
        {chosen !== undefined && (
          <>
            <strong>{`${name} · ${capturedNumber(chosen)}`}</strong>
            <span>{localMinute(chosen.openedAt)}</span>
          </>
        )}
      </button>
      <TouchButton label={t('compare.after', { which: name })} icon="open" bare {...step(at + 1)} />
      {listed && (
        <CaptureList
          {...props}
          onClose={() => {
            setListed(false);
          }}
        />
      )}
    </div>
  );
}

/** Newest first. */
function CaptureList(props: CaptureChooserProps & { readonly onClose: () => void }): JSX.Element {
  const { name, captures, at, least, most, onChoose, onClose } = props;
  const rows = captures.map((capture, i) => ({ capture, i })).slice(least, most + 1);
  return (
    <DialogPage class="capture-list" title={t('compare.pick', { which: name })} onBack={onClose}>
      <div class="capture-rows">
        <Paged rows={rows.toReversed()} perPage={ROWS}>
          {(shown) => (
            <ol>
              {shown.map(({ capture, i }) => (
                <li key={capture.id}>
                  <button
                    type="button"
                    class="capture-row"
                    aria-pressed={i === at}
                    onClick={() => {
                      onChoose(i);
                      onClose();
                    }}
                  >
                    <span>{localMinute(capture.openedAt)}</span>
                    <span>{capturedNumber(capture)}</span>
                    <span class="row-quiet">{capture.model}</span>
                  </button>
                </li>
              ))}
            </ol>
          )}
        </Paged>
      </div>
    </DialogPage>
  );
}
