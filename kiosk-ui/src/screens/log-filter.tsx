import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { addDays, today } from '../format/calendar.ts';
import { CHOICES, daysWords, isFiltered, queryOf, type LogChoice } from '../format/log-filter.ts';
import { isExportPlace, isStatistics } from '../connection/answers.ts';
import { outcomeName } from '../format/session-text.ts';
import { Calendar, type DayRange } from '../components/calendar.tsx';
import { Choice } from '../components/choice.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { useFetched } from '../components/use-fetched.ts';
import { view } from '../state/state.ts';
import { t } from '../i18n/translate.ts';

/** Days back from today, including today. */
const STRETCHES = [1, 7, 30] as const;

interface LogFilterProps {
  readonly choice: LogChoice;
  readonly onChange: (choice: LogChoice) => void;
  readonly onBack: () => void;
  readonly onExport: () => void;
}

/** The log filter: a row of options per criterion. */
export function LogFilterPage({ choice, onChange, onBack, onExport }: LogFilterProps): JSX.Element {
  const [choosingDays, chooseDays] = useState(false);
  const { from, to, ...rest } = choice;
  const days = from === undefined || to === undefined ? undefined : { from, to };
  if (choosingDays) {
    const done = (): void => {
      chooseDays(false);
    };
    return (
      <main class="page days">
        <PageHead title={t('filter.days')} onBack={done} />
        <Calendar
          chosen={days}
          onChoose={(range) => {
            onChange({ ...rest, ...range });
          }}
          onDone={done}
        />
      </main>
    );
  }
  const set = <Part extends keyof typeof CHOICES>(
    part: Part,
    value?: (typeof CHOICES)[Part][number],
  ): void => {
    const others: LogChoice = Object.fromEntries(Object.entries(choice).filter(([name]) => name !== part));
    onChange(value === undefined ? others : { ...others, [part]: value });
  };
  return (
    <main class="page filter">
      <PageHead title={t('log.filter')} onBack={onBack} />
      <div class="filter-rows">
        <Days
          days={days}
          onChoose={(range) => {
            onChange({ ...rest, ...range });
          }}
          onCalendar={() => {
            chooseDays(true);
          }}
        />
        <PatientRow choice={choice} onChange={onChange} />
        <PartRow
          part="outcome"
          choice={choice}
          onChoose={(value) => {
            set('outcome', value);
          }}
        />
        <PartRow
          part="statement"
          choice={choice}
          onChoose={(value) => {
            set('statement', value);
          }}
        />
        <PartRow
          part="clinician"
          choice={choice}
          onChoose={(value) => {
            set('clinician', value);
          }}
        />
      </div>
      <div class="filter-buttons">
        <TouchButton
          label={t('filter.clear')}
          icon="cross"
          size="large"
          disabled={!isFiltered(choice)}
          onPress={() => {
            onChange({});
          }}
        />
        <ExportKey onPress={onExport} />
        <ShowKey choice={choice} onPress={onBack} />
      </div>
    </main>
  );
}

/** Called if an export folder is configured. */
function ExportKey({ onPress }: { readonly onPress: () => void }): JSX.Element | null {
  const place = useFetched('/api/exports', isExportPlace);
  if (place?.ok !== true || place.value.folder === null) return null;
  return <TouchButton label={t('export')} icon="upload" size="large" onPress={onPress} />;
}

function ShowKey({
  choice,
  onPress,
}: {
  readonly choice: LogChoice;
  readonly onPress: () => void;
}): JSX.Element {
  const answer = useFetched(`/api/statistics?${queryOf(choice)}`, isStatistics);
  const label =
    answer?.ok === true ? t('filter.show', { count: answer.value.sessions }) : t('filter.show-all');
  return <TouchButton label={label} icon="log" tone="main" size="large" onPress={onPress} />;
}

interface DaysProps {
  readonly days: DayRange | undefined;
  /** Without a range: all days. */
  readonly onChoose: (range?: DayRange) => void;
  readonly onCalendar: () => void;
}

function Days({ days, onChoose, onCalendar }: DaysProps): JSX.Element {
  const to = today();
  const stretch = STRETCHES.find((length) => days?.to === to && days.from === addDays(to, 1 - length));
  const own = days !== undefined && stretch === undefined ? daysWords(days.from, days.to) : undefined;
  const byKey = stretch === undefined ? undefined : String(stretch);
  return (
    <Choice
      title={t('filter.days')}
      options={[
        ...STRETCHES.map((length) => ({
          value: String(length),
          label: length === 1 ? t('filter.today') : t('filter.last', { days: length }),
        })),
        {
          value: 'calendar',
          label: own ?? t('filter.choose'),
        },
      ]}
      chosen={own === undefined ? byKey : 'calendar'}
      onChoose={(value) => {
        if (value === 'calendar') onCalendar();
        else onChoose({ from: addDays(to, 1 - Number(value)), to });
      }}
      onWithdraw={() => {
        onChoose();
      }}
    />
  );
}

/** Only the patient already on the screen: references of other patients are never listed. */
function PatientRow({ choice, onChange }: Pick<LogFilterProps, 'choice' | 'onChange'>): JSX.Element | null {
  const reference = view.value?.context?.reference;
  if (reference === undefined) return null;
  const { reference: chosen, ...others } = choice;
  return (
    <Choice
      title={t('patient')}
      options={[{ value: reference, label: reference }]}
      chosen={chosen}
      onChoose={() => {
        onChange({ ...others, reference });
      }}
      onWithdraw={() => {
        onChange(others);
      }}
    />
  );
}

interface PartRowProps<Part extends keyof typeof CHOICES> {
  readonly part: Part;
  readonly choice: LogChoice;
  readonly onChoose: (value?: (typeof CHOICES)[Part][number]) => void;
}

/** One criterion with its options; touching the selected one again removes the filter. */
function PartRow<Part extends keyof typeof CHOICES>({
  part,
  choice,
  onChoose,
}: PartRowProps<Part>): JSX.Element {
  const name: keyof typeof CHOICES = part;
  const values: readonly (typeof CHOICES)[Part][number][] = CHOICES[part];
  return (
    <Choice
      title={t(`filter.${name}`)}
      options={values.map((value) => ({ value, label: labelOf(value) }))}
      chosen={values.find((value) => value === choice[part])}
      onChoose={onChoose}
      onWithdraw={() => {
        onChoose();
      }}
    />
  );
}

function labelOf(value: (typeof CHOICES)[keyof typeof CHOICES][number]): string {
  switch (value) {
    case 'above':
    case 'at':
    case 'below':
    case 'none':
      return t(`filter.${value}`);
    case 'agree':
    case 'disagree':
    case 'unsure':
      return t(`clinician.${value}`);
    case 'result':
    case 'withheld':
    case 'retake':
    case 'fault':
    case 'aborted':
      return outcomeName(value);
  }
}
