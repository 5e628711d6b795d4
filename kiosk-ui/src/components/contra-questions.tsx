import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Contraindication } from '#protocol/context.ts';
import { codes } from '../i18n/codes/codes.ts';
import { t } from '../i18n/translate.ts';
import { Icon } from './icon.tsx';
import { TouchButton } from './touch-button.tsx';

interface ContraQuestionsProps {
  readonly asked: readonly Contraindication[];
  readonly onAnswer: (found: readonly Contraindication[] | null) => void;
}

/**
 * Nothing is preset, and nothing is the answer by default: *None of these* is a key of its own, at the top, where the
 * step before has no key that a second tap could hit.
 */
export function ContraQuestions({ asked, onAnswer }: ContraQuestionsProps): JSX.Element {
  const [found, setFound] = useState<readonly Contraindication[]>([]);
  const turn = (code: Contraindication): void => {
    setFound(found.includes(code) ? found.filter((other) => other !== code) : [...found, code]);
  };
  return (
    <>
      <TouchButton
        label={t('contra.none')}
        icon="check"
        size="large"
        disabled={found.length > 0}
        onPress={() => {
          onAnswer([]);
        }}
      />
      <div class="contraindication-buttons" role="group" aria-label={t('contra.title')}>
        {asked.map((code) => (
          <button
            key={code}
            type="button"
            class="choice-button"
            data-value={code}
            aria-pressed={found.includes(code)}
            onClick={() => {
              turn(code);
            }}
          >
            {found.includes(code) && <Icon name="check" />}
            <span>{codes().contraIndications[code]}</span>
          </button>
        ))}
      </div>
      <div class="patient-buttons">
        <TouchButton
          label={t('contra.leave')}
          tone="quiet"
          onPress={() => {
            onAnswer(null);
          }}
        />
        <TouchButton
          label={t('contra.done')}
          icon="check"
          tone="main"
          disabled={found.length === 0}
          onPress={() => {
            onAnswer(found);
          }}
        />
      </div>
    </>
  );
}
