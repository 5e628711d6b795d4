import type { JSX } from 'preact';
import type { FetchResult } from '../connection/http.ts';
import { Headline } from './headline.tsx';
import { t } from '../i18n/translate.ts';

/** Placeholder for content that is loading or failed to load. */
export function Pending({
  answer,
  waiting = t('reading'),
}: {
  readonly answer: Extract<FetchResult<unknown>, { ok: false }> | undefined;
  readonly waiting?: string;
}): JSX.Element {
  if (answer === undefined) {
    return (
      <p class="pending" role="status">
        {waiting}
      </p>
    );
  }
  return <Headline icon="warning" tone="problem" title={answer.words.message} text={answer.words.cure} />;
}
