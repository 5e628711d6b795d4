import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import {
  BIRTH_YEAR_LEAST,
  PHOTOTYPES,
  type PatientChange,
  type PatientDetails,
} from '#protocol/patient-details.ts';
import type { PatientView } from '#protocol/patients.ts';
import { isPatient } from '../connection/answers.ts';
import { patchJson } from '../connection/http.ts';
import { Icon } from '../components/icon.tsx';
import { Keypad } from '../components/keypad.tsx';
import { PageHead } from '../components/page-head.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { TypedText } from '../components/typed-text.tsx';
import { showNotice } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

const NUMERALS = ['I', 'II', 'III', 'IV', 'V', 'VI'] as const;

const YEAR_DIGITS = 4;

/** Records details of a patient, and shows why that was rejected. */
export async function describePatient(id: string, change: PatientChange): Promise<PatientView | undefined> {
  const answer = await patchJson(`/api/patients/${encodeURIComponent(id)}`, isPatient, change);
  if (answer.ok) return answer.value;
  showNotice('problem', answer.words);
  return undefined;
}

interface PatientDetailsProps {
  readonly details: PatientDetails;
  readonly onChange: (change: PatientChange) => void;
  /** Opens the page on which the year is typed. */
  readonly onYear: () => void;
}

/** Phototype and year of birth: unknown until somebody says so. */
export function PatientDetailsPart({ details, onChange, onYear }: PatientDetailsProps): JSX.Element {
  const { phototype, birthYear } = details;
  return (
    <div class="patient-details">
      <section role="group" aria-label={t('patients.phototype')}>
        <h2>{t('patients.phototype')}</h2>
        <div class="phototypes">
          {PHOTOTYPES.map((one) => (
            <button
              key={one}
              type="button"
              class="choice-button"
              aria-pressed={one === phototype}
              onClick={() => {
                onChange({ phototype: one });
              }}
            >
              {one === phototype && <Icon name="check" />}
              {NUMERALS[one - 1]}
            </button>
          ))}
          <button
            type="button"
            class="choice-button"
            aria-pressed={phototype === undefined}
            onClick={() => {
              onChange({ phototype: null });
            }}
          >
            {phototype === undefined && <Icon name="check" />}
            {t('patients.unknown')}
          </button>
        </div>
      </section>
      <section role="group" aria-label={t('patients.birth-year')}>
        <h2>{t('patients.birth-year')}</h2>
        <div class="birth-year">
          <strong data-testid="birth-year">{birthYear ?? t('patients.unknown')}</strong>
          <TouchButton label={t('patients.birth-year.enter')} onPress={onYear} />
          {birthYear !== undefined && (
            <TouchButton
              label={t('patients.unknown')}
              icon="none"
              onPress={() => {
                onChange({ birthYear: null });
              }}
            />
          )}
        </div>
      </section>
      <p>{t('patients.details.why')}</p>
    </div>
  );
}

interface BirthYearProps {
  readonly reference: string;
  readonly onYear: (birthYear: number) => void;
  readonly onBack: () => void;
}

export function BirthYearPage({ reference, onYear, onBack }: BirthYearProps): JSX.Element {
  const [value, setValue] = useState('');
  return (
    <main class="page patient-entry birth-year-entry">
      <PageHead title={reference} onBack={onBack} />
      <TypedText label={t('patients.birth-year')} value={value} />
      <Keypad
        value={value}
        max={YEAR_DIGITS}
        enter={t('patients.birth-year.enter')}
        onChange={setValue}
        onEnter={() => {
          const year = Number(value);
          if (value.length === YEAR_DIGITS && year >= BIRTH_YEAR_LEAST && year <= new Date().getFullYear())
            onYear(year);
          else
            showNotice('problem', {
              message: t('patients.birth-year.wrong'),
              cure: t('patients.birth-year.cure'),
            });
        }}
      />
    </main>
  );
}
