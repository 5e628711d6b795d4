import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Words } from '#protocol/reasons.ts';
import { sendPicture } from '../connection/http.ts';
import { Icon } from '../components/icon.tsx';
import { PageHead } from '../components/page-head.tsx';
import { open } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

/** One image from a file. It takes the same path as a capture; its result arrives as the session's own screen. */
export function UploadScreen(): JSX.Element {
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Words>();
  const [over, setOver] = useState(false);
  const here = useRef(true);
  useEffect(
    () => () => {
      here.current = false;
    },
    [],
  );

  const send = async (file: File | undefined): Promise<void> => {
    if (file === undefined || sending) return;
    setSending(true);
    setProblem(undefined);
    const answer = await sendPicture(file);
    // The session may have replaced this screen meanwhile and shows its own messages.
    if (!here.current) return;
    setSending(false);
    if (!answer.ok) setProblem(answer.words);
    else open('live');
  };

  return (
    <main class="page">
      <PageHead
        ofPatient
        title={t('upload.title')}
        onBack={() => {
          open('live');
        }}
      />
      <label
        class={over ? 'drop drop-over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => {
          setOver(false);
        }}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void send(event.dataTransfer?.files[0]);
        }}
      >
        <input
          type="file"
          class="visually-hidden"
          accept="image/png,image/jpeg"
          disabled={sending}
          onChange={(event) => {
            const { files } = event.currentTarget;
            void send(files?.[0]);
            // Allows choosing the same file again, and removes its name from the screen.
            event.currentTarget.value = '';
          }}
        />
        <Icon name={sending ? 'wait' : 'upload'} />
        <span class="drop-title">{t(sending ? 'upload.sending' : 'upload.choose')}</span>
        <span class="drop-text">{t('upload.drop')}</span>
      </label>
      <Problem words={problem} />
    </main>
  );
}

function Problem({ words }: { readonly words: Words | undefined }): JSX.Element {
  return (
    <div class="upload-result" role="alert">
      {words === undefined ? (
        <p class="small">{t('upload.path')}</p>
      ) : (
        <p class="upload-problem">
          <Icon name="warning" />
          <span>
            <strong>{words.message}</strong> {words.cure}
          </span>
        </p>
      )}
    </div>
  );
}
