import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { LampTest } from '#protocol/diagnostics.ts';
import { isLampTest } from '../connection/answers.ts';
import { post, type FetchResult } from '../connection/http.ts';
import { TouchButton } from './touch-button.tsx';
import { t } from '../i18n/translate.ts';

/** Blinks the button's lamp; only a person can tell whether it lights. */
export function LampTestButton(): JSX.Element {
  const [said, say] = useState('');
  return (
    <div class="test-button">
      <TouchButton
        label={t('test.lamp')}
        icon="light"
        onPress={() => {
          void post('/api/self-test/lamp', isLampTest, new AbortController().signal).then((answer) => {
            say(wordsOf(answer));
          });
        }}
      />
      <p class="test-result" role="status">
        <span>{said}</span>
      </p>
    </div>
  );
}

function wordsOf(answer: FetchResult<LampTest>): string {
  if (!answer.ok) return `${answer.words.message} ${answer.words.cure}`;
  const { blinking, found } = answer.value;
  if (blinking) return t('test.lamp.blinking', { place: found });
  return found.startsWith('none') ? t('test.lamp.none') : found;
}
