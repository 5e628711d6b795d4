import type { JSX } from 'preact';
import type { CaptureSource } from '#protocol/view.ts';
import { open } from '../state/state.ts';
import { CaptureButton } from './capture-button.tsx';
import { TouchButton } from './touch-button.tsx';
import { t } from '../i18n/translate.ts';

interface Props {
  readonly source: CaptureSource | undefined;
  /** Label of the button when the image was an uploaded file. */
  readonly fileLabel: string;
}

/** The next step after a rejected image: another file after an upload, another press after a capture. */
export function AgainButton({ source, fileLabel }: Props): JSX.Element {
  if (source === 'upload') {
    return (
      <TouchButton
        label={fileLabel}
        icon="upload"
        tone="main"
        size="large"
        onPress={() => {
          open('upload');
        }}
      />
    );
  }
  return <CaptureButton label={t('again.press')} size="large" />;
}
