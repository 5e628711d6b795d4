import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { FILTERS } from '#protocol/log-query.ts';
import { addDays, lastMonth, today } from '../format/calendar.ts';
import {
  CHOICES,
  daysWords,
  isFiltered,
  partTitle,
  queryOf,
  valueLabel,
  without,
  type ChoicePart,
  type ChoiceValue,
} from '../format/log-filter.ts';
import { isExportPlace, isStatistics } from '../connection/answers.ts';
import { lesionName } from '../format/sites.ts';
import { Calendar, type DayRange } from '../components/calendar.tsx';
import { Choice } from '../components/choice.tsx';
import { TouchButton } from '../components/touch-button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { useFetched } from '../components/use-fetched.ts';
import type { LogChoice } from '../state/log-choice.ts';
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

type RowProps = Pick<LogFilterProps, 'choice' | 'onChange'>;

/** The log filter: a row of options per criterion. */
export function LogFilterPage({ choice, onChange, onBack, onExport }: LogFilterProps): JSX.Element {
  const [choosingDays, chooseDays] = useState(false);
  const { from, to } = choice;
  const days = from === undefined || to === undefined ? undefined : { from, to };
  const setDays = (range?: DayRange): void => {
    onChange({ ...without(choice, 'from', 'to'), ...range });
  };
  if (choosingDays) {
    const done = (): void => {
      chooseDays(false);
    };
    return (
      <main class="page days">
        <PageHead title={t('filter.days')} onBack={done} help="find" />
        <Calendar chosen={days} onChoose={setDays} onDone={done} />
      </main>
    );
  }
  return (
    <main class="page filter">
      <PageHead title={t('log.filter')} onBack={onBack} help="find" />
      <div class="filter-rows">
        <Days
          days={days}
          onChoose={setDays}
          onCalendar={() => {
            chooseDays(true);
          }}
        />
        <PatientRow choice={choice} onChange={onChange} />
        <LesionRow choice={choice} onChange={onChange} />
        {CHOICES.filter((part) => part !== 'patient').map((part) => (
          <PartRow key={part} part={part} choice={choice} onChange={onChange} />
        ))}
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

/** Shown if an export folder is configured. */
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
  const ranges: readonly (readonly [value: string, label: string, range: DayRange])[] = [
    ...STRETCHES.map(
      (length) =>
        [
          String(length),
          length === 1 ? t('filter.today') : t('filter.last', { days: length }),
          { from: addDays(to, 1 - length), to },
        ] as const,
    ),
    ['month', t('filter.last-month'), lastMonth(to)],
  ];
  const known = ranges.find(([, , range]) => days?.to === range.to && days.from === range.from);
  const own = days !== undefined && known === undefined ? daysWords(days.from, days.to) : undefined;
  return (
    <Choice
      title={t('filter.days')}
      options={[
        ...ranges.map(([value, label]) => ({ value, label })),
        { value: 'calendar', label: own ?? t('filter.choose') },
      ]}
      chosen={own === undefined ? known?.[0] : 'calendar'}
      onChoose={(chosen) => {
        const range = ranges.find(([value]) => value === chosen)?.[2];
        if (range === undefined) onCalendar();
        else onChoose(range);
      }}
      onWithdraw={() => {
        onChoose();
      }}
    />
  );
}

/** Of references, only those already on the screen: those of other patients are never listed. */
function PatientRow({ choice, onChange }: RowProps): JSX.Element {
  const shown = [view.value?.context?.reference, choice.reference].filter((each) => each !== undefined);
  const others = without(choice, 'reference', 'patient');
  // A reference may be spelled like one of the values.
  const keyOf = (reference: string): string => `reference ${reference}`;
  return (
    <Choice
      title={partTitle('patient')}
      options={[
        ...FILTERS.patient.map((value) => ({ value: value, label: valueLabel('patient', value) })),
        ...[...new Set(shown)].map((reference) => ({ value: keyOf(reference), label: reference })),
      ]}
      chosen={choice.reference === undefined ? choice.patient : keyOf(choice.reference)}
      onChoose={(chosen) => {
        const reference = shown.find((each) => keyOf(each) === chosen);
        const patient = FILTERS.patient.find((value) => value === chosen);
        onChange({
          ...others,
          ...(reference === undefined ? {} : { reference }),
          ...(patient === undefined ? {} : { patient }),
        });
      }}
      onWithdraw={() => {
        onChange(others);
      }}
    />
  );
}

/** The current lesion, if there is one. */
function LesionRow({ choice, onChange }: RowProps): JSX.Element | null {
  const current = view.value?.context?.lesion;
  if (current === undefined) return null;
  return (
    <Choice
      title={t('detail.lesion')}
      options={[{ value: current.id, label: lesionName(current) }]}
      chosen={choice.lesion}
      onChoose={(lesion) => {
        onChange({ ...choice, lesion });
      }}
      onWithdraw={() => {
        onChange(without(choice, 'lesion'));
      }}
    />
  );
}

/** One criterion with its options; touching the selected one again removes the filter. */
function PartRow({ part, choice, onChange }: RowProps & { readonly part: ChoicePart }): JSX.Element {
  const values: readonly ChoiceValue[] = FILTERS[part];
  return (
    <Choice
      title={partTitle(part)}
      options={values.map((value) => ({ value, label: valueLabel(part, value) }))}
      chosen={choice[part]}
      onChoose={(value) => {
        onChange({ ...choice, [part]: value });
      }}
      onWithdraw={() => {
        onChange(without(choice, part));
      }}
    />
  );
}
