import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LesionCapture } from '#protocol/lesion.ts';
import { isSessionDetail } from '../connection/answers.ts';
import { post, sessionPath } from '../connection/http.ts';
import { ofAnotherModel } from '../format/course.ts';
import { showNotice } from '../state/state.ts';
import { t } from '../i18n/translate.ts';
import { TouchButton } from './touch-button.tsx';

interface RescoreCourseProps {
  readonly captures: readonly LesionCapture[];
  /** The current one. */
  readonly model: string | undefined;
  readonly onDone: () => void;
}

/** Which numbers are of another model, and scores their images again; how many were. */
export function RescoreCourse({ captures, model, onDone }: RescoreCourseProps): JSX.Element | null {
  const [at, setAt] = useState<number>();
  const left = useRef(new AbortController());
  useEffect(() => {
    const { current } = left;
    return () => {
      current.abort();
    };
  }, []);
  const others = ofAnotherModel(captures, model);
  const rescored = captures.filter((capture) => capture.rescored !== undefined && capture.model === model);
  if (model === undefined || others.length + rescored.length === 0) return null;
  const count = others.length;
  /** One after another: a press in between waits for one image at most, and stops the rest. */
  const rescore = async (): Promise<void> => {
    for (const [i, { id }] of others.entries()) {
      setAt(i + 1);
      const answer = await post(`${sessionPath(id)}/rescore`, isSessionDetail, left.current.signal);
      if (left.current.signal.aborted) return;
      if (answer.ok) continue;
      showNotice('problem', answer.words);
      break;
    }
    onDone();
  };
  const names = [...new Set(others.map((capture) => capture.model))].join(', ');
  return (
    <div class="trend-again" data-testid="rescore">
      <p>
        {count > 0
          ? t('rescore.earlier', { model: names, count })
          : t('rescore.done', { model, value: rescored.length })}
      </p>
      {count > 0 && (
        <TouchButton
          label={at === undefined ? t('rescore') : t('rescore.running', { at, count })}
          icon="retake"
          disabled={at !== undefined}
          onPress={() => void rescore()}
        />
      )}
    </div>
  );
}
