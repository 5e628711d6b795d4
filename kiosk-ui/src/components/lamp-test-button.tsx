import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { LampTest } from '#protocol/diagnostics.ts';
import { isNone } from '../format/checks.ts';
import { isLampTest } from '../connection/answers.ts';
import { post, type FetchResult } from '../connection/http.ts';
import { TouchButton } from './touch-button.tsx';
import { t } from '../i18n/translate.ts';

/** Blinks the button's lamp; only a person can tell whether it lights. */
export function LampTestButton({ detailed }: { readonly detailed: boolean }): JSX.Element {
  const [answer, setAnswer] = useState<FetchResult<LampTest>>();
  return (
    <div class="test-button">
      <TouchButton
        label={t('test.lamp')}
        icon="light"
        onPress={() => {
          void post('/api/self-test/lamp', isLampTest, new AbortController().signal).then(setAnswer);
        }}
      />
      <p class="test-result" role="status">
        <span>{answer !== undefined && wordsOf(answer, detailed)}</span>
      </p>
    </div>
  );
}

/** @param detailed whether to say where it is, or why it does not blink, in a technician's words */
function wordsOf(answer: FetchResult<LampTest>, detailed: boolean): string {
  if (!answer.ok) return `${answer.words.message} ${answer.words.cure}`;
  const { blinking, found } = answer.value;
  if (blinking) return detailed ? t('test.lamp.blinking', { place: found }) : t('test.lamp.now');
  if (isNone(found)) return t('test.lamp.none');
  return detailed ? found : t('test.plain.failed');
}
