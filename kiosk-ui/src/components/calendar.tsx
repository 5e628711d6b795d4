import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { calendarDay, monthName, monthOf, today, weekdayName, weeksOf } from '../format/calendar.ts';
import { t } from '../i18n/translate.ts';
import { DefinitionList } from './definition-list.tsx';
import { TouchButton } from './touch-button.tsx';

export interface DayRange {
  readonly from: string;
  readonly to: string;
}

interface CalendarProps {
  readonly chosen: DayRange | undefined;
  readonly onChoose: (range: DayRange) => void;
  readonly onDone: () => void;
}

/** Selects a range of days with two touches, start and end. The next touch starts a new range. */
export function Calendar({ chosen, onChoose, onDone }: CalendarProps): JSX.Element {
  const [month, show] = useState(monthOf(chosen?.to ?? today()));
  const [begun, begin] = useState(false);
  const touch = (day: string): void => {
    const isLast = begun && chosen !== undefined && day >= chosen.from;
    onChoose(isLast ? { from: chosen.from, to: day } : { from: day, to: day });
    begin(!isLast);
  };
  return (
    <div class="calendar">
      <Month month={month} chosen={chosen} onTouch={touch} />
      <div class="calendar-side">
        <div class="calendar-month">
          <MonthKey
            label={t('days.month.before')}
            sign="‹"
            onPress={() => {
              show(monthOf(month, -1));
            }}
          />
          <strong aria-live="polite">{monthName(month)}</strong>
          <MonthKey
            label={t('days.month.next')}
            sign="›"
            onPress={() => {
              show(monthOf(month, 1));
            }}
          />
        </div>
        <DefinitionList
          entries={[
            [t('days.first'), chosen === undefined ? '–' : calendarDay(chosen.from)],
            [t('days.last'), chosen === undefined ? '–' : calendarDay(chosen.to)],
          ]}
        />
        <p>{t('days.touch')}</p>
        <TouchButton label={t('days.done')} icon="check" tone="main" size="large" onPress={onDone} />
      </div>
    </div>
  );
}

function MonthKey(props: {
  readonly label: string;
  readonly sign: string;
  readonly onPress: () => void;
}): JSX.Element {
  return (
    <button type="button" class="button button-plain" aria-label={props.label} onClick={props.onPress}>
      <span aria-hidden="true">{props.sign}</span>
    </button>
  );
}

interface MonthProps {
  readonly month: string;
  readonly chosen: DayRange | undefined;
  readonly onTouch: (day: string) => void;
}

function Month({ month, chosen, onTouch }: MonthProps): JSX.Element {
  const weeks = weeksOf(month);
  const last = today();
  return (
    <div class="calendar-days" role="group" aria-label={monthName(month)}>
      {weeks[0]?.map((day) => (
        <span key={day} class="calendar-weekday" aria-hidden="true">
          {weekdayName(day)}
        </span>
      ))}
      {weeks.flat().map((day) => (
        <button
          key={day}
          type="button"
          class={`calendar-day${monthOf(day) === month ? '' : ' calendar-other'}`}
          aria-label={calendarDay(day)}
          aria-pressed={chosen !== undefined && chosen.from <= day && day <= chosen.to}
          aria-current={day === last ? 'date' : undefined}
          disabled={day > last}
          onClick={() => {
            onTouch(day);
          }}
        >
          {Number(day.slice(8))}
        </button>
      ))}
    </div>
  );
}
