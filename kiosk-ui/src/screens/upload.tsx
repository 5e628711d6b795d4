import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Words } from '#protocol/words.ts';
import type { DriveListing } from '#protocol/http.ts';
import { isCaptureAnswer, isDriveListing } from '../connection/answers.ts';
import { drivePath, post, sendPicture, type FetchResult } from '../connection/http.ts';
import { Icon } from '../components/icon.tsx';
import { PageHead } from '../components/page-head.tsx';
import { Pending } from '../components/pending.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { open } from '../state/state.ts';
import { wordsOf } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';
import { DriveImages, type ImageTarget } from './upload-drive.tsx';

/** One image from a file. It takes the same path as a capture; its result arrives as the session's own screen. */
export function UploadScreen(): JSX.Element {
  return (
    <main class="page">
      <PageHead
        ofPatient
        title={t('upload.title')}
        onBack={() => {
          open('live');
        }}
      />
      <ImageChooser
        target={{
          send: sendPicture,
          takeFrom: (listing, file, signal) =>
            post(`${drivePath(listing, file)}/capture`, isCaptureAnswer, signal),
          done: () => {
            open('live');
          },
          takeLabel: t('drive.analyse'),
          path: t('upload.path'),
        }}
      />
    </main>
  );
}

/** The kiosk's own browser opens no file dialog: there the images of a USB drive are listed. */
export function ImageChooser({ target }: { readonly target: ImageTarget }): JSX.Element {
  const [search, setSearch] = useState(0);
  const [found, setFound] = useState<FetchResult<DriveListing>>();
  useEffect(() => {
    const asked = new AbortController();
    setFound(undefined);
    void post('/api/drive', isDriveListing, asked.signal).then((answer) => {
      if (!asked.signal.aborted) setFound(answer);
    });
    return () => {
      asked.abort();
    };
  }, [search]);
  const searchAgain = (): void => {
    setSearch(search + 1);
  };

  if (found?.ok !== true) return <Searching answer={found} onSearch={searchAgain} />;
  if (found.value.listing === null)
    return <FileDialog localScreen={found.value.localScreen} target={target} />;
  return <DriveImages key={found.value.listing} first={found.value} target={target} onSearch={searchAgain} />;
}

interface SearchingProps {
  readonly answer: Extract<FetchResult<DriveListing>, { ok: false }> | undefined;
  readonly onSearch: () => void;
}

function Searching({ answer, onSearch }: SearchingProps): JSX.Element {
  return (
    <>
      <Pending answer={answer} waiting={t('drive.searching')} />
      <div class="drive-buttons">
        {answer !== undefined && (
          <TouchButton label={t('drive.search')} icon="retake" tone="main" size="large" onPress={onSearch} />
        )}
      </div>
    </>
  );
}

interface FileDialogProps {
  readonly localScreen: boolean;
  readonly target: ImageTarget;
}

function FileDialog({ localScreen, target }: FileDialogProps): JSX.Element {
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Words>();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const here = useRef(true);
  useEffect(
    () => () => {
      here.current = false;
    },
    [],
  );
  // The browser of the kiosk cancels its dialog at once; Preact has no property for this event.
  useEffect(() => {
    const cancelled = (): void => {
      if (localScreen) setProblem(wordsOf('drive/none'));
    };
    const { current } = input;
    current?.addEventListener('cancel', cancelled);
    return () => {
      current?.removeEventListener('cancel', cancelled);
    };
  }, [localScreen]);

  const send = async (file: File | undefined): Promise<void> => {
    if (file === undefined || sending) return;
    setSending(true);
    setProblem(undefined);
    const answer = await target.send(file);
    // The session may have replaced this screen meanwhile and shows its own messages.
    if (!here.current) return;
    setSending(false);
    if (!answer.ok) setProblem(answer.words);
    else target.done();
  };

  return (
    <>
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
          ref={input}
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
      <Problem words={problem} path={target.path} />
    </>
  );
}

function Problem({ words, path }: { readonly words: Words | undefined; readonly path: string }): JSX.Element {
  return (
    <div class="upload-result" role="alert">
      {words === undefined ? (
        <p class="small">{path}</p>
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
