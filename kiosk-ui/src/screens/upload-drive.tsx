import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { DriveFile, DrivePage } from '#protocol/http.ts';
import type { Words } from '#protocol/words.ts';
import { isDrivePage } from '../connection/answers.ts';
import { drivePath, getJson, type FetchResult } from '../connection/http.ts';
import { Headline } from '../components/headline.tsx';
import { Icon } from '../components/icon.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { localDay } from '../format/dates.ts';
import { fixed } from '../format/numbers.ts';
import { t } from '../i18n/translate.ts';

/** Where a chosen image goes. */
export interface ImageTarget {
  send(file: File): Promise<FetchResult<unknown>>;
  takeFrom(listing: string, file: number, signal: AbortSignal): Promise<FetchResult<unknown>>;
  /** It has arrived. */
  done(): void;
  /** What happens to it, for the key that sends one of the drive and below the chooser. */
  readonly takeLabel: string;
  readonly path: string;
}

interface DriveImagesProps {
  readonly first: DrivePage;
  readonly target: ImageTarget;
  readonly onSearch: () => void;
}

/** The images of a USB drive, page by page: touch one, then take it. */
export function DriveImages({ first, target, onSearch }: DriveImagesProps): JSX.Element {
  const [pages, setPages] = useState<readonly DrivePage[]>([first]);
  const [at, turn] = useState(0);
  const [chosen, choose] = useState<number>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Words>();
  const left = useRef(new AbortController());
  useEffect(
    () => () => {
      left.current.abort();
    },
    [],
  );
  const page = pages[at] ?? first;
  const { signal } = left.current;

  const show = (next: number): void => {
    turn(next);
    choose(undefined);
  };
  const showOlder = async (from: number): Promise<void> => {
    if (at + 1 < pages.length) {
      show(at + 1);
      return;
    }
    setBusy(true);
    const answer = await getJson(`${drivePath(first.listing)}?from=${from}`, isDrivePage, signal);
    if (signal.aborted) return;
    setBusy(false);
    if (!answer.ok) setProblem(answer.words);
    else {
      setPages([...pages, answer.value]);
      show(at + 1);
    }
  };
  const take = async (file: number): Promise<void> => {
    setBusy(true);
    const answer = await target.takeFrom(first.listing, file, signal);
    // The session may have replaced this screen meanwhile and shows its own messages.
    if (signal.aborted) return;
    setBusy(false);
    if (!answer.ok) setProblem(answer.words);
    else target.done();
  };

  if (problem !== undefined) {
    return (
      <>
        <Headline icon="warning" tone="problem" title={problem.message} text={problem.cure} />
        <div class="drive-buttons">
          <TouchButton label={t('drive.search')} icon="retake" tone="main" size="large" onPress={onSearch} />
        </div>
      </>
    );
  }
  const { next } = page;
  return (
    <>
      <ul class="drive-images" aria-label={t('drive.choose')}>
        {page.files.map((file) => (
          <li key={file.file}>
            <Tile
              listing={first.listing}
              file={file}
              chosen={file.file === chosen}
              onChoose={() => {
                choose(file.file);
              }}
            />
          </li>
        ))}
      </ul>
      <div class="drive-buttons">
        <TouchButton
          label={t('page.newer')}
          icon="newer"
          disabled={busy || at === 0}
          onPress={() => {
            show(at - 1);
          }}
        />
        <TouchButton
          label={t('page.older')}
          icon="older"
          disabled={busy || next === undefined}
          onPress={() => {
            if (next !== undefined) void showOlder(next);
          }}
        />
        <TouchButton
          label={target.takeLabel}
          icon="check"
          tone="main"
          disabled={busy || chosen === undefined}
          onPress={() => {
            if (chosen !== undefined) void take(chosen);
          }}
        />
      </div>
    </>
  );
}

interface TileProps {
  readonly listing: string;
  readonly file: DriveFile;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Tile({ listing, file, chosen, onChoose }: TileProps): JSX.Element {
  const [failed, setFailed] = useState(false);
  const size = t('drive.size', { size: fixed(file.bytes / 1_000_000, 1) });
  return (
    <button type="button" class="drive-image" aria-pressed={chosen} onClick={onChoose}>
      {failed ? (
        <span class="drive-no-preview">
          <Icon name="file" />
          {t('drive.no-preview')}
        </span>
      ) : (
        <img
          src={`${drivePath(listing, file.file)}/thumbnail`}
          alt=""
          onError={() => {
            setFailed(true);
          }}
        />
      )}
      <span class="drive-name">
        {chosen && <Icon name="check" />}
        <span>{file.name}</span>
      </span>
      <span class="drive-details">
        {[localDay(file.modifiedAt), ...(file.folder === '' ? [] : [file.folder]), size].join(' · ')}
      </span>
    </button>
  );
}
